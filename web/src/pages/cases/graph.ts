// Where the parts of a propagation graph are drawn: in layers by how many steps they are from where it began.
import type { Schemas } from "@/api/client";

export type Graph = Schemas["CaseGraph"];
type Node = Schemas["CaseGraphNode"];
type Edge = Schemas["CaseGraphEdge"];

export interface Placed {
  node: Node;
  layer: number;
  place: number;
}

/** Steps from a source; whatever only lies in circles begins at its first node. */
export function layersOf({ nodes, edges }: Graph): Map<string, number> {
  const into = new Map(nodes.map(({ key }) => [key, 0]));
  const out = new Map<string, string[]>(nodes.map(({ key }) => [key, []]));
  for (const { from, to } of edges) {
    if (from === to || !into.has(from) || !into.has(to)) continue;
    into.set(to, (into.get(to) ?? 0) + 1);
    out.get(from)?.push(to);
  }
  const layers = new Map<string, number>();
  const walk = (roots: string[]) => {
    let front = roots;
    for (const key of roots) layers.set(key, 0);
    for (let layer = 1; front.length > 0; layer += 1) {
      front = [...new Set(front.flatMap((key) => out.get(key) ?? []))].filter((key) => !layers.has(key));
      for (const key of front) layers.set(key, layer);
    }
  };
  walk(nodes.filter(({ key }) => into.get(key) === 0).map(({ key }) => key));
  for (const { key } of nodes) if (!layers.has(key)) walk([key]);
  return layers;
}

/** Nodes of a layer lie near what leads to them, so that few lines cross. */
export function placed(graph: Graph): { all: Placed[]; layers: number; most: number } {
  const layers = layersOf(graph);
  const count = Math.max(0, ...[...layers.values()].map((layer) => layer + 1));
  const places = new Map<string, number>();
  const all: Placed[] = [];
  let most = 0;
  for (let layer = 0; layer < count; layer += 1) {
    const here = graph.nodes.filter(({ key }) => layers.get(key) === layer);
    const pull = (key: string) => {
      const from = graph.edges.filter((edge) => edge.to === key && places.has(edge.from)).map((edge) => places.get(edge.from) ?? 0);
      return from.length === 0 ? Number.MAX_SAFE_INTEGER : from.reduce((sum, place) => sum + place, 0) / from.length;
    };
    here.sort((one, other) => pull(one.key) - pull(other.key));
    here.forEach((node, place) => {
      places.set(node.key, place);
      all.push({ node, layer, place });
    });
    most = Math.max(most, here.length);
  }
  return { all, layers: count, most };
}

/** A key no other node has: "n1", "n2" … */
export function freshKey(nodes: Node[]): string {
  const taken = new Set(nodes.map(({ key }) => key));
  for (let at = 1; ; at += 1) if (!taken.has(`n${at}`)) return `n${at}`;
}

export function without(graph: Graph, key: string): Graph {
  return { nodes: graph.nodes.filter((node) => node.key !== key), edges: graph.edges.filter(({ from, to }: Edge) => from !== key && to !== key) };
}
