"""The contract with plug-ins and its manager: the only room that knows pluggy."""
