"""The open benchmark: public systems as data, where a value stands, and which levels follow."""
