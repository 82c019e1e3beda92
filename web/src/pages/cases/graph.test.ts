import assert from "node:assert/strict";
import test from "node:test";
import { freshKey, type Graph, layersOf, placed, without } from "./graph";

const node = (key: string) => ({ key, kind: "account" as const, label: key });
const edge = (from: string, to: string) => ({ from, to, kind: "forwarded" as const });

test("layers count the steps from where it began", () => {
  const layers = layersOf({ nodes: ["a", "b", "c", "d"].map(node), edges: [edge("a", "b"), edge("b", "c"), edge("a", "c"), edge("c", "d")] });
  assert.deepEqual(Object.fromEntries(layers), { a: 0, b: 1, c: 1, d: 2 });
});

test("circles, loops and lines into nowhere end", () => {
  const graph: Graph = { nodes: ["a", "b", "c"].map(node), edges: [edge("a", "b"), edge("b", "a"), edge("c", "c"), edge("c", "gone")] };
  const layers = layersOf(graph);
  assert.equal(layers.size, 3);
  assert.equal(placed(graph).all.length, 3);
});

test("every node has its own place", () => {
  const nodes = Array.from({ length: 40 }, (_, at) => node(`n${at}`));
  const edges = nodes.slice(1).map(({ key }, at) => edge(`n${Math.floor(at / 3)}`, key));
  const { all, layers, most } = placed({ nodes, edges });
  assert.equal(new Set(all.map(({ layer, place }) => `${layer}/${place}`)).size, 40);
  assert.ok(layers > 2 && most > 3);
});

test("a node goes with its lines", () => {
  const graph: Graph = { nodes: ["a", "b", "c"].map(node), edges: [edge("a", "b"), edge("b", "c"), edge("a", "c")] };
  assert.deepEqual(without(graph, "b").edges, [edge("a", "c")]);
  assert.equal(freshKey([node("n1"), node("n3")]), "n2");
});
