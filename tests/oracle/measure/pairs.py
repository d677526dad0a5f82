"""Turns over several keys of a model type's configuration at once, drawn at random, and prints where archcost differs.

    npm run program && python tests/oracle/measure/pairs.py [--seed N] [--draws N] [--cases] [TYPE ...]

All types that the library builds, or those that are named; what keys take is as in switches.py, where one is turned over
alone. With --cases every config is printed as tests/import/switches.json holds it, whether archcost agrees or not.
"""

import argparse
import importlib
import inspect
import json
import random

import transformers
from measure import CONFIG_MAPPING, classes
from switches import built, counted, leaves, others, put, shallow

# How many keys a draw turns over.
AT_ONCE = [2, 2, 3, 3, 4]


def choices(model_type, name, said):
    """Each key that can be turned over, with what it may take."""
    config = CONFIG_MAPPING[model_type].from_dict(json.loads(json.dumps(said)))
    code = inspect.getsource(importlib.import_module(getattr(transformers, name).__module__))
    found = [(path, others(path[-1], value, code)) for path, value in leaves(config)]
    return [(path, values) for path, values in found if values]


def draws(found, many, seed):
    """Sets of keys with new values, flags and texts more often than sizes."""
    numbers = random.Random(seed)
    switches = [each for each in found if isinstance(each[1][0], (bool, str))]
    for _ in range(many):
        drawn = [numbers.choice(switches)] if switches else []
        while len(drawn) < min(numbers.choice(AT_ONCE), len(found)):
            path, values = numbers.choice(switches if switches and numbers.random() < 0.4 else found)
            if all(path != other for other, _ in drawn):
                drawn.append((path, values))
        yield [(path, numbers.choice(values)) for path, values in drawn]


def cases(model_type, name, many, seed):
    """Name, config and built parameters of each draw that the library builds."""
    said = shallow(CONFIG_MAPPING[model_type]())
    for draw in draws(choices(model_type, name, said), many, f"{seed}{model_type}"):
        turned = said
        for path, value in draw:
            turned = put(turned, path, value)
        try:
            total = built(model_type, name, turned)
        except Exception:
            continue
        what = ", ".join(f"{'.'.join(path)} = {json.dumps(value)}" for path, value in draw)
        yield f"{model_type}, {what}", {"model_type": model_type, "architectures": [name], **turned}, total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--cases", action="store_true")
    parser.add_argument("types", nargs="*")
    asked = parser.parse_args()
    named = classes()
    for model_type in asked.types or named:
        try:
            found = list(cases(model_type, named[model_type], asked.draws, asked.seed))
        except Exception as error:
            print(f"{model_type}: not built: {type(error).__name__}", flush=True)
            continue
        if asked.cases:
            for name, config, total in found:
                print(json.dumps({"id": name, "config": config, "whole": total}), flush=True)
            continue
        mine = counted({name: config for name, config, _ in found})
        faults = [(name, total) for name, _, total in found if mine[name] != total]
        print(f"{model_type}: {len(found) - len(faults)} of {len(found)} exact", flush=True)
        for name, total in faults:
            print(f"  {name}: {mine[name]}, built {total}", flush=True)


if __name__ == "__main__":
    main()
