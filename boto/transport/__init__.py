"""The network: the only place with sockets, threads and event loops."""
