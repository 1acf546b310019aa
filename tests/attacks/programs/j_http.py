# attack: asks a service of the machine over HTTP
# score: 0/5
# verdict: failed


def got_through():
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", 4242, timeout=1)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except http.client.BadStatusLine as error:
        return "open" in str(error)
    finally:
        connection.close()
    return True
