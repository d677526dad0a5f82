"""Counts the parameters of every model type of the transformers that is installed, from its default config.

    python tests/oracle/measure/measure.py [TYPE ...]

A type is whatever one of the library's automatic classes builds a language model for. Each is built on the meta device,
so nothing is downloaded and no weight takes memory. The counts are added to counts.ndjson beside this file, a line a
type; types that stand there already are left alone, so that a run that was stopped goes on where it was, and a newer
library is measured by naming the types, or by removing the file. What cannot be built is told with its reason.
"""

import json
import pathlib
import sys
import warnings

import torch
import transformers
from transformers.models.auto import modeling_auto
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

warnings.filterwarnings("ignore")
transformers.logging.set_verbosity_error()

FILE = pathlib.Path(__file__).with_name("counts.ndjson")

# What a model is for, the widest first: a class with its encoder goes before its decoder alone, and one that takes
# images too before the one for its text alone.
TASKS = ["SEQ_TO_SEQ_CAUSAL_LM", "MULTIMODAL_LM", "IMAGE_TEXT_TO_TEXT", "SPEECH_SEQ_2_SEQ", "MASKED_LM", "CAUSAL_LM"]


def classes():
    """Model type -> name of the class that is built."""
    found = {}
    for task in TASKS:
        for model_type, name in getattr(modeling_auto, f"MODEL_FOR_{task}_MAPPING_NAMES").items():
            found.setdefault(model_type, name[0] if isinstance(name, tuple) else name)
    return dict(sorted(found.items()))


def count(*modules):
    """Trainable values, each tensor once however often it is used."""
    return sum({id(p): p.numel() for module in modules if module is not None for p in module.parameters()}.values())


def layers(module):
    """Runs of [parameters, layers] for each list of layers that stands in no other, by its path."""
    lists = {
        path: [count(layer) for layer in child]
        for path, child in module.named_modules()
        if isinstance(child, torch.nn.ModuleList) and len(child) > 1
    }
    outer = {p: counts for p, counts in lists.items() if not any(p.startswith(f"{other}.") for other in lists)}
    return {path: runs(counts) for path, counts in outer.items()}


def runs(counts):
    found = []
    for each in counts:
        if found and found[-1][0] == each:
            found[-1][1] += 1
        else:
            found.append([each, 1])
    return found


def modules(model):
    """Parameters by module, two levels deep; a tensor counts where it is met first."""
    seen, found = set(), {}
    for path, parameter in model.named_parameters():
        if id(parameter) in seen:
            continue
        seen.add(id(parameter))
        name = ".".join(path.split(".")[:-1][:2]) or path
        found[name] = found.get(name, 0) + parameter.numel()
    return found


# Where a language model stands beside its towers; heads that stand apart from it; towers that stand in it.
HEADS = ["projection_head"]
WITHIN = ["model.embed_tokens_extend", "model.vision_model", "model.perceiver_resampler"]
# Towers of an encoder and a decoder that together are the language model.
BESIDE = [
    "patch_embed",
    "model.encoder.vision_tower",
    "model.encoder.multi_modal_projector",
    "model.vlm.vision_tower",
    "model.vlm.multi_modal_projector",
]
LANGUAGE = ["model.language_model", "language_model", "model.text_model", "text_model", "thinker.model"]


def language(model, config):
    """Parameters of the language model with table and head, where towers stand beside it; else none."""
    named = dict(model.named_modules())
    beside = [named[path] for path in BESIDE if path in named]
    encoder = named.get("model.encoder")
    if getattr(encoder, "main_input_name", None) == "pixel_values":
        beside.append(encoder)
    if beside:
        return count(model) - count(*beside)
    text = next((named[path] for path in LANGUAGE if path in named), None)
    if text is None:
        if config.is_encoder_decoder or not any(getattr(config, key, None) for key in config.sub_configs):
            return None
        text = model.get_decoder()
    heads = [named[path] for path in HEADS if path in named]
    inside = {id(module) for module in text.modules()}
    within = sum(count(named[path]) for path in WITHIN if path in named and id(named[path]) in inside)
    return count(text, *heads, model.get_input_embeddings(), model.get_output_embeddings()) - within


def measure(model_type, name):
    config = CONFIG_MAPPING[model_type]()
    with torch.device("meta"):
        model = getattr(transformers, name)(config)
    # As a constructor of a whole model would: one tensor for tied weights.
    model.tie_weights()
    said = {**json.loads(config.to_json_string(use_diff=True)), "architectures": [name]}
    said.pop("transformers_version", None)
    return {
        "model_type": model_type,
        "class": name,
        "total": count(model),
        "language": language(model, config),
        "modules": modules(model),
        "layers": layers(model),
        "config": said,
    }


def main(only):
    known = {}
    if FILE.exists():
        known = {line["model_type"]: line for line in map(json.loads, FILE.read_text().splitlines())}
    for model_type, name in classes().items():
        if model_type in only if only else model_type not in known:
            try:
                known[model_type] = measure(model_type, name)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
                known[model_type] = {"model_type": model_type, "class": name, "not_built": reason}
            line = known[model_type]
            print(f"{model_type}: {line.get('total', line.get('not_built'))}", flush=True)
            kept = (json.dumps(known[each], separators=(",", ":")) for each in sorted(known))
            FILE.write_text("\n".join(kept) + "\n")
    print(f"{len(known)} model types of transformers {transformers.__version__} in {FILE}")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
