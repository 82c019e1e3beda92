// probity case graph…: who posted where and who forwarded to whom, as a tree in words; and changing it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/case_common.h"
#include "cli/find.h"
#include "cli/values.h"

namespace probity::cli {
namespace {

using accounts::Permission;

// As over HTTP.
constexpr std::size_t kMostNodes = 300, kMostEdges = 1000, kMostLabel = 200, kMostAddress = 500;
constexpr const char* kNodeChoices = "person, account, channel, group or page";
constexpr const char* kEdgeChoices = "posted, forwarded, sent or copied";

struct GraphOptions {
  CommonOptions common;
  std::string which;
  CasePerson person;
};
struct GraphNodeOptions {
  CommonOptions common;
  std::string which, label;
  std::optional<std::string> kind, address, party;
  CasePerson person;
};
struct GraphAddOptions {
  CommonOptions common;
  std::string which, from, to, kind = "posted", from_kind = "account", to_kind = "account", note;
  std::optional<std::string> at, evidence;
  CasePerson person;
};
struct GraphRemoveOptions {
  CommonOptions common;
  std::string which, from;
  std::optional<std::string> to;
  CasePerson person;
};

std::string node_word(const Words& say, cases::NodeKind kind) {
  switch (kind) {
    case cases::NodeKind::person:
      return say("person", "个人");
    case cases::NodeKind::account:
      return say("account", "账号");
    case cases::NodeKind::channel:
      return say("channel", "频道");
    case cases::NodeKind::group:
      return say("group", "群组");
    case cases::NodeKind::page:
      return say("page", "页面");
  }
  return {};
}

std::string edge_word(const Words& say, cases::EdgeKind kind) {
  switch (kind) {
    case cases::EdgeKind::posted:
      return say("posted", "发布");
    case cases::EdgeKind::forwarded:
      return say("forwarded", "转发");
    case cases::EdgeKind::sent:
      return say("sent", "发送");
    case cases::EdgeKind::copied:
      return say("copied", "复制");
  }
  return {};
}

// Prints the graph from those whom nothing reached; what several reached is told in full once.
class GraphTree {
 public:
  GraphTree(Terminal& terminal, const cases::Graph& graph) : terminal_(terminal), graph_(graph) {}

  void print() {
    for (const cases::GraphNode& node : graph_.nodes)
      if (std::ranges::find(graph_.edges, node.key, &cases::GraphEdge::to) == graph_.edges.end()) tell(node, "", 0);
    // What is left goes in circles: each of those begins somewhere.
    for (const cases::GraphNode& node : graph_.nodes)
      if (!told_.contains(node.key)) tell(node, "", 0);
  }

 private:
  void tell(const cases::GraphNode& node, const std::string& how, std::size_t depth) {
    const bool is_new = told_.insert(node.key).second;
    terminal_.line(std::string(2 * depth, ' ') + how +
                   terminal_.words()("{} ({}){}", "{}（{}）{}", node.label, node_word(terminal_.words(), node.kind),
                                     is_new ? std::string() : terminal_.words()(", see above", "，见上")));
    if (!is_new) return;
    for (const cases::GraphEdge& edge : graph_.edges) {
      if (edge.from != node.key) continue;
      const auto to = std::ranges::find(graph_.nodes, edge.to, &cases::GraphNode::key);
      if (to == graph_.nodes.end()) continue;
      const std::string kind = edge_word(terminal_.words(), edge.kind);
      tell(*to, (edge.at_ms ? kind + " " + to_rfc3339(*edge.at_ms) : kind) + " → ", depth + 1);
    }
  }

  Terminal& terminal_;
  const cases::Graph& graph_;
  std::set<std::string> told_;  // keys
};

void show_graph(Terminal& terminal, const cases::CaseView& view, TimeMs now_ms) {
  GraphTree(terminal, view.of.graph).print();
  if (view.of.graph.nodes.empty()) terminal.line(terminal.words()("Nothing is known yet.", "尚无传播记录。"));
  terminal.document({{"case", view.of.number}, {"graph", cases::case_to_json(view, now_ms)["graph"]}});
}

Result<void> run_graph(Terminal& terminal, const GraphOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto view, find_case(*session.records, options.which));
  show_graph(terminal, view, session.workspace->clock().now_ms());
  return {};
}

// Reads the graph, does `verb(case, graph)`, and writes it whole; one transaction, so that nobody's edge is lost.
template <class Options, class Verb>
Result<void> change_graph(Terminal& terminal, const Options& options, Verb verb) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const cases::Hand hand, hand_of(records, options.person, Permission::write_cases));
  cases::CaseView view;
  TRY(session.workspace->database().write([&]() -> Result<void> {
    TRY_ASSIGN(const auto found, find_case(records, options.which));
    cases::Graph graph = found.of.graph;
    TRY(verb(found.of, graph));
    if (graph.nodes.size() > kMostNodes || graph.edges.size() > kMostEdges)
      return fail(ErrorCode::invalid_argument,
                  fmt::format("a graph has {} nodes and {} edges at most", kMostNodes, kMostEdges));
    TRY_ASSIGN(view, records.cases.cases.save_graph(found.of.id, graph, hand));
    return {};
  }));
  show_graph(terminal, view, session.workspace->clock().now_ms());
  return {};
}

cases::GraphNode* find_node(cases::Graph& graph, const std::string& text) {
  for (cases::GraphNode& node : graph.nodes)
    if (node.key == text || parties::fold_for_lookup(node.label) == parties::fold_for_lookup(text)) return &node;
  return nullptr;
}

std::string unused_key(const cases::Graph& graph) {
  for (std::size_t number = graph.nodes.size() + 1;; ++number) {
    std::string key = fmt::format("n{}", number);
    if (std::ranges::find(graph.nodes, key, &cases::GraphNode::key) == graph.nodes.end()) return key;
  }
}

// The key of the node of this label or key; made when there is none.
Result<std::string> node_key(cases::Graph& graph, const char* option, const std::string& text,
                             const std::string& kind) {
  if (const cases::GraphNode* known = find_node(graph, text)) return known->key;
  cases::GraphNode node;
  node.key = unused_key(graph);
  TRY_ASSIGN(node.kind, case_choice<cases::NodeKind>(option, kind, kNodeChoices));
  TRY_ASSIGN(node.label, parties::tidy_line("the label", text, kMostLabel));
  if (node.label.empty()) return fail(ErrorCode::invalid_argument, "the label of a node is empty");
  graph.nodes.push_back(node);
  return node.key;
}

Result<void> run_graph_node(Terminal& terminal, const GraphNodeOptions& options) {
  return change_graph(terminal, options, [&](const cases::Case& of, cases::Graph& graph) -> Result<void> {
    TRY_ASSIGN(const std::string key, node_key(graph, "--kind", options.label, options.kind.value_or("account")));
    cases::GraphNode& node = *find_node(graph, key);
    if (options.kind) {
      TRY_ASSIGN(node.kind, case_choice<cases::NodeKind>("--kind", *options.kind, kNodeChoices));
    }
    if (options.address) {
      TRY_ASSIGN(node.address, parties::tidy_line("--address", *options.address, kMostAddress));
    }
    if (options.party == "none") {
      node.case_party.reset();
    } else if (options.party) {
      TRY_ASSIGN(node.case_party, find_case_party(of, *options.party));
    }
    return {};
  });
}

Result<void> run_graph_add(Terminal& terminal, const GraphAddOptions& options) {
  return change_graph(terminal, options, [&](const cases::Case& of, cases::Graph& graph) -> Result<void> {
    cases::GraphEdge edge;
    TRY_ASSIGN(edge.kind, case_choice<cases::EdgeKind>("--kind", options.kind, kEdgeChoices));
    if (options.at) {
      TRY_ASSIGN(edge.at_ms, parse_time("--at", *options.at));
    }
    TRY_ASSIGN(edge.note, parties::tidy_text("--note", options.note, kMostAddress));
    if (options.evidence) {
      const auto linked = std::ranges::find_if(of.evidence, [&](const cases::CaseEvidence& one) {
        return one.title == *options.evidence || one.item.text() == *options.evidence;
      });
      if (linked == of.evidence.end())
        return fail(ErrorCode::not_found, "this case has no evidence called " + *options.evidence,
                    "`probity case link` links evidence of its leak");
      edge.evidence = linked->item;
    }
    TRY_ASSIGN(edge.from, node_key(graph, "--from-kind", options.from, options.from_kind));
    TRY_ASSIGN(edge.to, node_key(graph, "--to-kind", options.to, options.to_kind));
    if (std::ranges::find(graph.edges, edge) != graph.edges.end())
      return fail(ErrorCode::conflict, "the graph says this already");
    graph.edges.push_back(edge);
    return {};
  });
}

Result<void> run_graph_remove(Terminal& terminal, const GraphRemoveOptions& options) {
  return change_graph(terminal, options, [&](const cases::Case&, cases::Graph& graph) -> Result<void> {
    const cases::GraphNode* from = find_node(graph, options.from);
    const cases::GraphNode* to = options.to ? find_node(graph, *options.to) : nullptr;
    if (from == nullptr || (options.to && to == nullptr))
      return fail(ErrorCode::not_found,
                  "the graph has no node called " + (from == nullptr ? options.from : *options.to),
                  "`probity case graph` shows them");
    const std::string key = from->key;
    if (to == nullptr) {
      std::erase_if(graph.edges, [&](const cases::GraphEdge& one) { return one.from == key || one.to == key; });
      std::erase_if(graph.nodes, [&](const cases::GraphNode& one) { return one.key == key; });
      return {};
    }
    const std::string to_key = to->key;
    const auto gone =
        std::erase_if(graph.edges, [&](const cases::GraphEdge& one) { return one.from == key && one.to == to_key; });
    if (gone == 0) return fail(ErrorCode::not_found, "nothing goes from the one to the other");
    return {};
  });
}

}  // namespace

void add_case_graph_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("case", "Cases and their evidence");
  add_case_name(grammar.command(group, "graph", "Who posted where and forwarded to whom, as a tree", run_graph));
  const auto add =
      grammar.command(group, "graph-add", "Add that one posted, forwarded or sent it to another", run_graph_add);
  add_case_name(add);
  add->add_option("from", add.options.from, "What to call whoever did it; a new one is made")->required();
  add->add_option("to", add.options.to, "Where it went; a new one is made")->required();
  add->add_option("--kind", add.options.kind, kEdgeChoices);
  add->add_option("--from-kind", add.options.from_kind, "Of a new one: person, account, channel, group or page");
  add->add_option("--to-kind", add.options.to_kind, "The same");
  add->add_option("--at", add.options.at, "When");
  add->add_option("--evidence", add.options.evidence, "The linked evidence that shows it, by name or id");
  add->add_option("--note", add.options.note, "In words");
  add->footer(
      "Example: probity case graph-add K-2026-0001 \"@coast\" \"A chat group\" --kind forwarded --to-kind group");
  const auto node = grammar.command(group, "graph-node", "Add a node of the graph, or say more of it", run_graph_node);
  add_case_name(node);
  node->add_option("label", node.options.label, "What it is called")->required();
  node->add_option("--kind", node.options.kind, kNodeChoices);
  node->add_option("--address", node.options.address, "Its web address");
  node->add_option("--party", node.options.party, "The party of the case that it is, or none");
  const auto remove =
      grammar.command(group, "graph-remove", "Take a node, or what goes from one to another, out", run_graph_remove);
  add_case_name(remove);
  remove->add_option("from", remove.options.from, "The node; with `to` only what goes from it to the other")
      ->required();
  remove->add_option("to", remove.options.to, "The other");
}

}  // namespace probity::cli
