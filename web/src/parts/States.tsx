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
