"""Cuts the font of the formulas down to the signs that courses use; see the README beside it."""

import sys
from typing import Any

from fontTools import subset

RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x0391, 0x03C9),  # Greek
    (0x1D400, 0x1D49B),  # bold, italic, bold italic
    (0x1D49C, 0x1D4B5),  # script capitals
    (0x1D538, 0x1D551),  # blackboard capitals
    (0x1D6A8, 0x1D755),  # Greek in bold, italic, bold italic
    (0x1D7CE, 0x1D7D7),  # bold digits
]
PRIMES = (0x2032, 0x2033, 0x2034)
SIGNS = (
    "\u00a0¬°±·×÷ˆˇ˘˙˜¯¨ϑϕϖϱϵ‖…′″†‡•\u2061\u2062\u2063\u2009\u0302\u0303\u0304\u0307\u0308\u0332\u20d7"
    "ℎℂℍℕℙℚℝℤℓℏℒℱℬℰℋℐℳℛℜℑ℘𝟙←↑→↓↔↦↪⇐⇒⇔⟵⟶⟷⟸⟹⟺⟼∀∂∃∅∇∈∉∋∏∐∑−∓∖∗∘∙√∝∞∠∣∤∥∧∨∩∪∫∬∮"
    "∴∼≃≅≈≉≍≐≔≜≝≟≠≡≤≥≪≫≮≯≲≳≺≻≼≽⊂⊃⊄⊆⊇⊊⊏⊑⊔⊕⊖⊗⊘⊙⊢⊣⊤⊥⊨⋀⋁⋂⋃⋅⋆⋈⋮⋯⋱⌈⌉⌊⌋⟦⟧⟨⟩⨁⨂⨀⩽⩾□△▽⏞⏟ℵ\ufe00\ufe01"
)


def cut(source: str, target: str) -> None:
    """Writes the part of the font at `source` to `target`, as WOFF2."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["flac", "dtls"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.recalc_timestamp = False
    font = subset.load_font(source, options)
    _raise_primes(font)
    cutter = subset.Subsetter(options)
    letters = {code for first, last in RANGES for code in range(first, last + 1)}
    cutter.populate(unicodes=letters | set(map(ord, SIGNS)))
    cutter.subset(font)
    subset.save_font(font, target, options)


def _raise_primes(font: Any) -> None:
    """Gives primes the shapes that they have as superscripts, which browsers do not ask for."""
    lookups = font["GSUB"].table.LookupList.Lookup
    features = font["GSUB"].table.FeatureList.FeatureRecord
    used = {index for one in features if one.FeatureTag == "ssty" for index in one.Feature.LookupListIndex}
    shapes: dict[str, list[str]] = {}
    for index in sorted(used):
        for table in lookups[index].SubTable:
            shapes |= getattr(getattr(table, "ExtSubTable", table), "alternates", {})
    for mapping in font["cmap"].tables:
        for code in PRIMES:
            name = mapping.cmap.get(code)
            if name in shapes:
                mapping.cmap[code] = shapes[name][0]


if __name__ == "__main__":
    cut(*sys.argv[1:3])
