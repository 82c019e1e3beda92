// States as badges: one colour for one meaning on every page.
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import "@/texts/states";

type Colours<State extends string> = Record<State, string>;

const colours = {
  commitment: {
    draft: "gray",
    sent: "blue",
    opened: "blue",
    signed: "indigo",
    in_force: "teal",
    declined: "orange",
    expired: "gray",
    revoked: "gray",
    breached: "red",
    replaced: "gray",
  } satisfies Colours<Schemas["CommitmentState"]>,
  signatory: {
    waiting: "gray",
    sent: "blue",
    opened: "blue",
    read: "blue",
    answered: "indigo",
    signed: "teal",
    declined: "orange",
  } satisfies Colours<Schemas["Signatory"]["state"]>,
  delivery: { waiting: "gray", available: "teal", revoked: "orange", ended: "gray" } satisfies Colours<Schemas["Delivery"]["state"]>,
  asset: { offered: "teal", withdrawn: "gray" } satisfies Colours<Schemas["Asset"]["state"]>,
  job: { queued: "gray", running: "blue", done: "teal", failed: "red", cancelled: "gray" } satisfies Colours<Schemas["Job"]["state"]>,
  mail: { queued: "gray", sending: "blue", sent: "teal", failed: "red", shown: "indigo" } satisfies Colours<Schemas["Mail"]["state"]>,
  account: { invited: "blue", active: "teal", disabled: "gray" } satisfies Colours<Schemas["Account"]["state"]>,
  leak: {
    reported: "blue",
    answered: "blue",
    traced: "indigo",
    unmask_requested: "orange",
    unmasked: "violet",
    in_case: "violet",
    closed: "gray",
  } satisfies Colours<Schemas["LeakState"]>,
  outcome: { identified: "violet", lead: "yellow", no_match: "gray", does_not_align: "orange" } satisfies Colours<Schemas["LeakOutcome"]>,
  unmasking: { requested: "orange", agreed: "teal", refused: "red", withdrawn: "gray" } satisfies Colours<Schemas["Unmasking"]["state"]>,
  case: {
    open: "blue",
    investigating: "blue",
    reply: "orange",
    decided: "indigo",
    appeal: "orange",
    final: "violet",
    overturned: "grape",
    closed: "gray",
  } satisfies Colours<Schemas["CaseState"]>,
  severity: { low: "gray", medium: "blue", high: "orange", critical: "red" } satisfies Colours<Schemas["CaseSeverity"]>,
  task: { open: "blue", done: "teal", dropped: "gray" } satisfies Colours<Schemas["CaseTask"]["state"]>,
  proposal: { proposed: "orange", agreed: "teal", refused: "gray" } satisfies Colours<Schemas["CaseProposal"]["state"]>,
  consequence: { planned: "gray", active: "blue", done: "teal", waived: "gray", void: "gray" } satisfies Colours<Schemas["CaseConsequence"]["state"]>,
  appeal: { filed: "orange", decided: "teal" } satisfies Colours<Schemas["CaseAppeal"]["state"]>,
  stage: { pending: "orange", ended: "gray" } satisfies Colours<Schemas["CaseStage"]["state"]>,
  rectification: {
    issued: "blue",
    containment: "blue",
    cause: "blue",
    plan: "blue",
    implementing: "indigo",
    verifying: "indigo",
    closed: "teal",
    rejected: "orange",
    escalated: "red",
  } satisfies Colours<Schemas["RectificationState"]>,
  statement: {
    draft: "gray",
    submitted: "orange",
    approved: "blue",
    sealing: "indigo",
    published: "teal",
    withdrawn: "gray",
    tombstoned: "red",
  } satisfies Colours<Schemas["StatementState"]>,
  shoot: { open: "teal", closed: "gray" } satisfies Colours<Schemas["ShootState"]>,
  frame: { handed_in: "blue", cleared: "teal", not_to_be_used: "orange", deleted: "red" } satisfies Colours<Schemas["FrameState"]>,
  release: { registered: "teal", withdrawn: "gray" } satisfies Colours<Schemas["Release"]["state"]>,
  screened: { unanswered: "gray", not_listed: "teal", hit: "orange" } satisfies Colours<Schemas["PersonQuery"]["outcome"]>,
  hit: {
    found: "orange",
    identity_confirmed: "blue",
    filer_contacted: "blue",
    waiting: "indigo",
    decided: "teal",
    reconsider: "orange",
    mistaken: "gray",
    withdrawn: "gray",
    cleared: "gray",
  } satisfies Colours<Schemas["HitState"]>,
  companyLevel: { not_listed: "teal", another_company: "gray", possible: "yellow", likely: "orange", confirmed: "red", unreadable: "gray" } satisfies Colours<Schemas["CompanyLevel"]>,
  enterprise: { active: "red", disputed: "yellow", suspended: "gray", ended: "gray" } satisfies Colours<Schemas["ListedEnterprise"]["status"] | "suspended" | "ended">,
  batch: { awaiting_file: "gray", queued: "gray", running: "blue", done: "teal", failed: "red" } satisfies Colours<Schemas["PartnerBatch"]["state"]>,
  filing: {
    draft: "gray",
    awaiting_approval: "orange",
    awaiting_notice: "blue",
    notified: "indigo",
    active: "red",
    disputed: "yellow",
    suspended: "yellow",
    expired: "gray",
    withdrawn: "gray",
    overturned: "grape",
    refused: "gray",
  } satisfies Colours<Schemas["Filing"]["state"]>,
  webhookDelivery: { queued: "gray", delivered: "teal", failed: "red" } satisfies Colours<Schemas["WebhookDelivery"]["state"]>,
};

interface Props<Kind extends keyof typeof colours> {
  of: Kind;
  state: keyof (typeof colours)[Kind] & string;
}

export function StateBadge<Kind extends keyof typeof colours>({ of, state }: Props<Kind>) {
  const { t } = useTranslation("states");
  const table: Record<string, string> = colours[of];
  return (
    <Badge color={table[state] ?? "gray"} style={{ flex: "none" }} miw="max-content">
      {t(`${of}.${state}` as never)}
    </Badge>
  );
}
