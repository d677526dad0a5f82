"""Turns over every key of a model type's configuration, one at a time, builds that, and prints where archcost differs.

    npm run program && python tests/oracle/measure/switches.py TYPE ...

A config says its type and what differs from its class's default, no more; models are built on the meta device. Flags are
turned over; a text takes every value that the model code compares it with; a number is halved and made 0, or takes the other
numbers up to 4; a list is turned round. What the library does not build is left out in silence.
"""

import copy
import importlib
import inspect
import json
import re
import subprocess
import sys
import warnings

import torch
import transformers
from measure import CONFIG_MAPPING, classes, count

warnings.filterwarnings("ignore")
transformers.logging.set_verbosity_error()

# Keys that no parameter depends on.
IDLE = re.compile(
    r"^(_.*|architectures|dtype|id2label|label2id|model_type|return_dict|rope_\w+|transformers_version|use_cache"
    r"|output_\w+|.*token_(id|index)|.*dropout.*|initializer\w*|.*_eps|.*_theta|.*_loss\w*|chunk_size_feed_forward)$"
)
LAYERS = re.compile(r"^(num_hidden_layers|n_layers?|num_layers|depth|num_(en|de)coder_layers|(en|de)coder_layers)$")


def shallow(config, most=4):
    """What makes all stacks of a config at most so many layers deep, as its class is told it."""
    found = {}
    for key in config.to_dict():
        value = getattr(config, key, None)
        if isinstance(value, transformers.PretrainedConfig):
            inner = shallow(value, most)
            if inner:
                found[key] = inner
        elif LAYERS.match(key) and isinstance(value, int) and value > most:
            found[key] = most
    return found


def leaves(config, path=()):
    """Each key with its value, those of inner configs by their path."""
    for key in config.to_dict():
        value = getattr(config, key, None)
        if isinstance(value, transformers.PretrainedConfig):
            yield from leaves(value, (*path, key))
        elif not IDLE.match(key) and not isinstance(value, dict):
            yield (*path, key), value


def compared(code, key):
    """The texts that model code compares a key with."""
    return set(re.findall(rf"\b{re.escape(key)}\b\s*[!=]=\s*[\"']([\w-]+)[\"']", code))


def others(key, value, code):
    """What to put in the place of a value."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, str):
        return sorted(compared(code, key) - {value})
    if isinstance(value, int):
        return [value // 2, 0] if value > 4 else [each for each in range(5) if each != value]
    if isinstance(value, list) and value and all(isinstance(each, (int, str)) for each in value):
        return [each for each in (value[::-1], [value[0]] * len(value)) if each != value]
    return []


def put(said, path, value):
    """A copy of what is said with one more key."""
    said = copy.deepcopy(said)
    place = said
    for key in path[:-1]:
        place = place.setdefault(key, {})
    place[path[-1]] = value
    return said


def built(model_type, name, said):
    config = CONFIG_MAPPING[model_type].from_dict(copy.deepcopy(said))
    with torch.device("meta"):
        model = getattr(transformers, name)(config)
    model.tie_weights()
    return count(model)


def lines(model_type, name):
    said = shallow(CONFIG_MAPPING[model_type]())
    config = CONFIG_MAPPING[model_type].from_dict(copy.deepcopy(said))
    code = inspect.getsource(importlib.import_module(getattr(transformers, name).__module__))
    cases = [("as it is", said)]
    for path, value in leaves(config):
        for other in others(path[-1], value, code):
            cases.append((f"{'.'.join(path)} = {json.dumps(other)}", put(said, path, other)))
    for what, each in cases:
        try:
            total = built(model_type, name, each)
        except Exception:
            continue
        yield f"{model_type}, {what}", {"model_type": model_type, "architectures": [name], **each}, total


def counted(configs):
    """What the command line makes of configs by their names: parameters of the whole model, or why there are none."""
    asked = "".join(json.dumps({"id": name, "config": config}) + "\n" for name, config in configs.items())
    command = ["node", "dist/cli/archcost.js", "batch"]
    said = subprocess.run(command, input=asked, capture_output=True, text=True, check=False).stdout
    found = {}
    for line in map(json.loads, said.splitlines()):
        params = line.get("cost", {}).get("params")
        found[line["id"]] = (params["whole"] or params)["total"] if params else line["error"]["message"]
    return found


if __name__ == "__main__":
    for model_type in sys.argv[1:]:
        cases = list(lines(model_type, classes()[model_type]))
        mine = counted({name: config for name, config, _ in cases})
        faults = [(name, total) for name, _, total in cases if mine[name] != total]
        print(f"{model_type}: {len(cases) - len(faults)} of {len(cases)} exact", flush=True)
        for name, total in faults:
            print(f"  {name}: {mine[name]}, built {total}", flush=True)
