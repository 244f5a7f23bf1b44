"""`python -m linzhi.config.cli`: the same as `linzhi`."""

from linzhi.config.cli import main

main(prog_name="linzhi")
