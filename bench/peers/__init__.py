"""The pages that `bench/map.py` measures beside ours."""
