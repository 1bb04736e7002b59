"""The sentence model as an int8 ONNX graph: MiniLM's layers without its table of word pieces, and their mean.

    python -m workbench.extract.train.sentences MODEL.safetensors OUT.onnx

Refuses a base model whose table differs from the packaged attribution model's, because the two share it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from workbench.errors import WorkbenchError
from workbench.extract.train.graph import VENDOR, Array, Graph, layer, quantised
from workbench.extract.train.network import HIDDEN, LAYERS, NORM, Network, load_encoder
from workbench.models import loader
from workbench.models.onnxfile import weight
from workbench.models.sentences import MOST_PIECES

LARGEST = 127


def build(state: dict[str, Array]) -> onnx.ModelProto:
    """The graph: float32 words [texts, pieces, HIDDEN] in, vectors [texts, HIDDEN] of length 1 out."""
    graph = Graph(LARGEST)
    graph.weight("thirds", np.full(3, HIDDEN, np.int64))
    zero, one, two = (graph.weight(name, np.full(1, at, np.int64)) for at, name in enumerate(("zero", "one", "two")))
    length = graph.node("Slice", [graph.node("Shape", ["words"], "shape"), one, two, zero], "length")
    places = graph.weight("positions.table", state["positions.weight"][: 2 * MOST_PIECES] + state["kind"])
    places = graph.node("Slice", [places, zero, length, zero], "positions.rows")
    total = graph.node("Add", ["words", places], "positions.states")
    ends = [graph.weight(f"norm.{end}", state[f"norm.{end}"]) for end in ("weight", "bias")]
    states = graph.node("LayerNormalization", [total, *ends], "norm.out", epsilon=NORM, axis=-1)
    for at in range(LAYERS):
        states = layer(graph, states, state, at)
    mean = graph.node("ReduceMean", [states], "mean", axes=[1], keepdims=0)
    graph.node("LpNormalization", [mean], "vector", axis=1, p=2)
    given = helper.make_tensor_value_info("words", TensorProto.FLOAT, ["texts", "pieces", HIDDEN])
    told = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["texts", HIDDEN])
    made = helper.make_graph(graph.nodes, "sentences", [given], [told], graph.weights)
    imports = [helper.make_opsetid("", 17), helper.make_opsetid(VENDOR, 1)]
    return helper.make_model(made, opset_imports=imports, ir_version=8)


def main() -> None:
    """Write the graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    pieces = len((loader.packaged() / loader.VOCABULARY).read_text(encoding="utf-8").splitlines())
    network = Network(pieces)
    load_encoder(network, given.base, list(range(pieces)))
    state = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
    own, _ = quantised(state["pieces.weight"], 1)
    if not np.array_equal(own, weight(loader.packaged() / loader.WEIGHTS, "pieces.table", "int8")):
        raise WorkbenchError("the tables of word pieces differ", "package the sentence model with a table of its own")
    given.out.write_bytes(build(state).SerializeToString())


if __name__ == "__main__":
    main()
