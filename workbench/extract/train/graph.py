"""The trained network as an int8 ONNX graph, built node by node.

By hand instead of traced: the operators are the fastest of onnxruntime, the embedding table is stored in int8 with a
scale for each row, and the same weights always give the same file. Weights are int8 with a scale for each output
channel (symmetric), activations are quantised while running (Jacob and others 2018).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from workbench.extract.train.network import HEADS, HIDDEN, LAYERS, NORM
from workbench.models.features import LIMIT

Array = npt.NDArray[Any]
VENDOR = "com.microsoft"
LARGEST = 127  # of a quantised weight; 64 would be safe from overflow without VNNI, but costs 0.4 to 0.8 F1


def quantised(weights: Array, axis: int, largest: int = LARGEST) -> tuple[Array, Array]:
    """int8 weights and float32 scales, one for each index that is not on `axis`."""
    scales = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), 1e-8) / largest
    return np.clip(np.rint(weights / scales), -largest, largest).astype(np.int8), scales.astype(np.float32)


class Graph:
    """Collects nodes and weights."""

    def __init__(self, largest: int) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.largest = largest

    def weight(self, name: str, values: Array) -> str:
        """Store `values`; returns their name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        """Add a node of one output; returns the output's name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def matmul(self, states: str, weights: Array, bias: Array | None, name: str) -> str:
        """states @ weights [in, out] + bias in int8."""
        table, scales = quantised(weights, 0, self.largest)
        inputs = [
            states,
            self.weight(f"{name}.weight", table),
            self.weight(f"{name}.scale", scales[0]),
            self.weight(f"{name}.zero", np.zeros(len(scales[0]), np.int8)),
        ]
        if bias is not None:
            inputs.append(self.weight(f"{name}.bias", bias))
        return self.node("DynamicQuantizeMatMul", inputs, name, VENDOR)

    def add_and_norm(self, states: str, skip: str, part: str, state: dict[str, Array]) -> str:
        """Layer norm of states + skip; the fused SkipLayerNormalization is four times slower on a CPU."""
        total = self.node("Add", [states, skip], f"{part}.total")
        inputs = [total] + [self.weight(f"{part}.{end}", state[f"{part}.{end}"]) for end in ("weight", "bias")]
        return self.node("LayerNormalization", inputs, f"{part}.out", epsilon=NORM, axis=-1)


def _embedding(graph: Graph, state: dict[str, Array]) -> str:
    table, scales = quantised(state["pieces.weight"], 1)
    rows = graph.node("Gather", [graph.weight("pieces.table", table), "pieces"], "pieces.rows")
    sizes = graph.node("Gather", [graph.weight("pieces.scale", scales), "pieces"], "pieces.sizes")
    numbers = graph.node("Cast", [rows], "pieces.numbers", to=TensorProto.FLOAT)
    total = graph.node("Mul", [numbers, sizes], "pieces.states")
    places = graph.weight("positions.table", state["positions.weight"][:LIMIT] + state["kind"])
    length = graph.node("Shape", ["pieces"], "length")
    zero = graph.weight("zero", np.zeros(1, np.int64))
    places = graph.node("Slice", [places, zero, length, zero], "positions.rows")
    total = graph.node("Add", [total, places], "positions.states")
    for name in ("case", "quotation"):
        table_name = graph.weight(f"{name}.table", state[f"{name}.weight"])
        rows = graph.node("Gather", [table_name, name], f"{name}.rows")
        total = graph.node("Add", [total, rows], f"{name}.states")
    scale, bias = (graph.weight(f"norm.{end}", state[f"norm.{end}"]) for end in ("weight", "bias"))
    normed = graph.node("LayerNormalization", [total, scale, bias], "norm.out", epsilon=NORM, axis=-1)
    return graph.node("Unsqueeze", [normed, zero], "states")


def layer(graph: Graph, states: str, state: dict[str, Array], at: int) -> str:
    """Add one transformer layer; returns the name of its states."""
    part = f"layers.{at}"

    def weight(name: str) -> Array:
        transposed: Array = state[f"{part}.{name}.weight"].T
        return transposed

    def bias(name: str) -> Array:
        return state[f"{part}.{name}.bias"]

    mixed = graph.matmul(states, weight("mixed"), bias("mixed"), f"{part}.mixed")
    thirds = [f"{part}.{name}" for name in ("queries", "keys", "values")]
    graph.nodes.append(helper.make_node("Split", [mixed, "thirds"], thirds, name=f"{part}.split", axis=2))
    seen = graph.node("MultiHeadAttention", thirds, f"{part}.seen", VENDOR, num_heads=HEADS)
    seen = graph.matmul(seen, weight("attended"), bias("attended"), f"{part}.attended")
    states = graph.add_and_norm(seen, states, f"{part}.attended_norm", state)
    wide = graph.matmul(states, weight("wide"), None, f"{part}.wide")
    wide = graph.node("FastGelu", [wide, graph.weight(f"{part}.wide.after", bias("wide"))], f"{part}.gelu", VENDOR)
    narrow = graph.matmul(wide, weight("narrow"), bias("narrow"), f"{part}.narrow")
    return graph.add_and_norm(narrow, states, f"{part}.narrow_norm", state)


def build(state: dict[str, Array], largest: int = LARGEST) -> onnx.ModelProto:
    """The graph: int64 pieces, case, quotation [pieces] and first [words] in, float32 numbers [words, outputs] out."""
    graph = Graph(largest)
    graph.weight("thirds", np.full(3, HIDDEN, np.int64))
    states = _embedding(graph, state)
    for at in range(LAYERS):
        states = layer(graph, states, state, at)
    flat = graph.node("Squeeze", [states, "zero"], "flat")
    words = graph.node("Gather", [flat, "first"], "words")
    # the heads stay in float32: they are small, and links compare their products
    heads = graph.weight("heads.weight", state["heads.weight"].T)
    graph.node("Gemm", [words, heads, graph.weight("heads.bias", state["heads.bias"])], "numbers")
    sizes = {"pieces": "pieces_count", "case": "pieces_count", "quotation": "pieces_count", "first": "words_count"}
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [size]) for name, size in sizes.items()]
    output = helper.make_tensor_value_info("numbers", TensorProto.FLOAT, ["words_count", len(state["heads.bias"])])
    made = helper.make_graph(graph.nodes, "attribution", inputs, [output], graph.weights)
    imports = [helper.make_opsetid("", 17), helper.make_opsetid(VENDOR, 1)]
    return helper.make_model(made, opset_imports=imports, ir_version=8)


def write(state: dict[str, Array], path: Path, largest: int = LARGEST) -> None:
    """Build the graph of the network's weights and write it to `path`."""
    path.write_bytes(build(state, largest).SerializeToString())
