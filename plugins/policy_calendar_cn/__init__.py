"""The workdays of China as published by the State Council."""
