"""Builds small models of model types, runs them, and prints what small.test.ts holds: cases as in small.json.

    python tests/oracle/measure/small.py TYPE ...            the default config of each type, made small
    python tests/oracle/measure/small.py - < configs.ndjson  {"id": ..., "config": {...}} a line

Where an encoder is given images or sound, a line also has their "inputs", shapes by the name of the tensor, and the "source"
that these are; where a decoder sees more than its own tokens, how long its "context" is.

One forward pass of a few tokens on the CPU, with plain attention and experts one by one, so that torch's counter sees the
work that is needed; the products that make tables of positions are not counted.
"""

import json
import re
import sys
import warnings

import torch
import transformers
from measure import CONFIG_MAPPING, classes, count, layers
from torch.utils.flop_counter import FlopCounterMode

warnings.filterwarnings("ignore")
transformers.logging.set_verbosity_error()

CONTEXT = 12

# Keys of default configs -> values of a small model, the first pattern that fits.
SMALL = [
    (r"^vocab_size|_vocab_size$", 320),
    (r"^(hidden_size|d_model|n_embd|embed_dim|dim)$", 64),
    (r"^(num_hidden_layers|n_layers?|num_layers|(en|de)coder_layers|num_(en|de)coder_layers)$", 4),
    (r"(num_attention_heads|n_heads?|num_heads|attention_heads)$", 4),
    (r"^(num_key_value_heads|num_kv_heads|num_attention_groups)$", 2),
    (r"^(head_dim|d_kv|kv_channels|v_head_dim|qk_nope_head_dim|global_head_dim)$", 16),
    (r"^qk_rope_head_dim$", 8),
    (r"^qk_head_dim$", 24),
    (r"^(kv_lora_rank|q_lora_rank|o_lora_rank)$", 20),
    (r"^(moe_intermediate_size|.*expert_intermediate_size|expert_ffn_hidden_size|share_expert_dim)$", 32),
    (r"(intermediate_size|ffn_dim|d_ff|n_inner|dff|ffn_hidden_size)$", 96),
    (r"^(n_routed_experts|num_experts|num_local_experts|zero_expert_num)$", 8),
    (r"^(num_experts_per_tok|moe_topk|top_k_experts)$", 2),
    (r"^(n_group|topk_group)$", 1),
    (r"^(index_n_heads)$", 2),
    (r"^(index_head_dim)$", 16),
    (r"^(index_topk)$", 8),
    (r"^(sliding_window|local_attention|attention_window)$", 6),
    (r"^(max_position_embeddings|n_positions|max_(source|target)_positions|max_seq_len|n_ctx)$", 96),
    (r"^(first_k_dense_replace)$", 1),
    (r"_token_id$|^(bos|eos|pad)", 1),
]


def shrunk(value, n_layers):
    """A config with every size that is known made small; lists with an entry for each layer are cut."""
    found = {}
    for key, each in value.items():
        if isinstance(each, dict):
            found[key] = shrunk(each, n_layers)
        elif isinstance(each, list):
            found[key] = each[:4] if len(each) == n_layers else each
        elif isinstance(each, int) and not isinstance(each, bool):
            found[key] = next((small for pattern, small in SMALL if re.search(pattern, key) and each > small), each)
        elif key == "transformers_version":
            continue
        else:
            found[key] = each
    # Latent attention expands to one key for every head.
    if "kv_lora_rank" in found:
        found["num_key_value_heads"] = found["num_attention_heads"]
    return found


def cache_bytes(cache):
    """Two bytes for every value that is kept, each tensor once."""
    tensors, todo, seen = {}, [cache], set()
    while todo:
        one = todo.pop()
        if isinstance(one, torch.Tensor):
            if one.is_floating_point():
                tensors[one.data_ptr(), one.shape] = one.numel()
        elif isinstance(one, (list, tuple)):
            todo.extend(one)
        elif isinstance(one, dict):
            todo.extend(one.values())
        elif id(one) not in seen and hasattr(one, "__dict__"):
            seen.add(id(one))
            todo.extend(v for k, v in vars(one).items() if not k.startswith("_"))
    return 2 * sum(tensors.values())


def rotary_flops(counter):
    """What the modules that make rotary tables multiplied, or the products of theirs."""
    counts = counter.get_flop_counts()
    return sum(
        sum(ops.values())
        for name, ops in counts.items()
        if re.search(r"rotary_emb|rotary_pos|rope|encode_positions", name.split(".")[-1])
    )


def case(name, config, inputs=None, source=None, context=CONTEXT):
    (built,) = config["architectures"]
    said = {k: v for k, v in config.items() if k != "architectures"}
    made = CONFIG_MAPPING[config["model_type"]].from_dict(dict(said))
    made._attn_implementation = "eager"
    torch.manual_seed(0)
    model = getattr(transformers, built)._from_config(made, attn_implementation="eager")
    try:
        model.set_experts_implementation("eager")
    except Exception:
        pass
    model.eval()
    ids = torch.arange(CONTEXT).unsqueeze(0) + 3
    given = {key: torch.ones(shape) for key, shape in (inputs or {}).items()}
    text = "decoder_input_ids" if made.is_encoder_decoder else "input_ids"
    inputs = {**(given or {"input_ids": ids}), text: ids}
    line = {"id": name, "config": config, "context": context, "total": count(model)}
    if source or made.is_encoder_decoder:
        line["source"] = source or CONTEXT
    runs = layers(model)
    line["by_layer"] = [each for run in runs.values() for each, times in run for _ in range(times)]
    counter = FlopCounterMode(display=False, depth=None)
    try:
        with torch.no_grad(), counter:
            out = model(**inputs)
        line["prefill"] = counter.get_total_flops() - rotary_flops(counter)
        kept = next((out[k] for k in ("past_key_values", "cache_params", "state") if k in out), None)
        if kept is not None:
            line["transformers"] = cache_bytes(kept)
    except Exception as error:
        print(f"{name}: not run: {type(error).__name__}: {str(error)[:160]}", file=sys.stderr)
    return line


def configs(arguments):
    if arguments == ["-"]:
        for text in sys.stdin:
            line = json.loads(text)
            yield line.pop("id"), line.pop("config"), line
        return
    named = classes()
    for model_type in arguments:
        default = CONFIG_MAPPING[model_type]()
        said = json.loads(default.to_json_string(use_diff=True))
        text = default.get_text_config(decoder=True)
        n_layers = getattr(text, "num_hidden_layers", 0)
        yield f"{model_type} small", {**shrunk(said, n_layers), "architectures": [named[model_type]]}, {}


if __name__ == "__main__":
    for name, config, given in configs(sys.argv[1:]):
        try:
            print(json.dumps(case(name, config, **given), separators=(",", ":")), flush=True)
        except Exception as error:
            print(f"{name}: not built: {type(error).__name__}: {str(error)[:160]}", file=sys.stderr, flush=True)
