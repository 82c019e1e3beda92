// Decisions proposed: to be agreed to by somebody else, or those that ended.
import { Button, Card, Group, List, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { askReason } from "@/parts/ask";
import { money } from "@/parts/money";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { useSession } from "@/session/session";
import { type Case, concerned } from "./acts";
import classes from "./cases.module.css";

type Proposal = Schemas["CaseProposal"];

export function Proposals({ found }: { found: Case }) {
  return (
    <Stack gap="md">
      {[...found.proposals].reverse().map((proposal) => (
        <One key={proposal.id} found={found} proposal={proposal} />
      ))}
    </Stack>
  );
}

function One({ found, proposal }: { found: Case; proposal: Proposal }) {
  const { t } = useTranslation("cases");
  return (
    <Card padding="md">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Text fw={600}>{t(`finding.${proposal.finding}`)}</Text>
            <Text size="xs" c="dimmed" className="figures">
              {t("proposedBy", { name: proposal.proposed_by?.name ?? "", time: dateTime(proposal.proposed_at) })}
            </Text>
          </div>
          <StateBadge of="proposal" state={proposal.state} />
        </Group>
        <Text size="sm" className={classes.prose}>
          {proposal.reasons}
        </Text>
        {proposal.consequences.length > 0 && (
          <List size="sm">
            {proposal.consequences.map((consequence) => (
              <List.Item key={consequence.id}>
                {t(`consequence.${consequence.kind}`)}, {consequence.party_name}
                {consequence.amount && ` – ${money(consequence.amount.due)}`}
                {consequence.text && ` – ${consequence.text}`}
              </List.Item>
            ))}
          </List>
        )}
        {proposal.ended_at && (
          <Text size="sm" c="dimmed">
            {t("endedBy", { name: proposal.ended_by?.name ?? "", time: dateTime(proposal.ended_at) })}
            {proposal.ended_reason && `: ${proposal.ended_reason}`}
          </Text>
        )}
        {proposal.state === "proposed" && <Decide found={found} proposal={proposal} />}
      </Stack>
    </Card>
  );
}

function Decide({ found, proposal }: { found: Case; proposal: Proposal }) {
  const { t } = useTranslation("cases");
  const may = useMay();
  const { session } = useSession();
  const path = { params: { path: { case: found.id, proposal: proposal.id } } };
  const agree = useAct((reason: string) => body(api.POST("/cases/{case}/proposals/{proposal}/agree", { ...path, body: { reason } })), { done: t("agreedDone"), refresh: concerned, quiet: true });
  const refuse = useAct((reason: string) => body(api.POST("/cases/{case}/proposals/{proposal}/refuse", { ...path, body: { reason } })), { done: t("refusedDone"), refresh: concerned, quiet: true });
  if (proposal.proposed_by?.account === session.account.id) {
    return (
      <Text size="sm" c="dimmed">
        {t("ownProposal")}
      </Text>
    );
  }
  if (!may("review_cases")) return null;
  return (
    <Group gap="xs">
      <Button size="sm" onClick={() => askReason({ title: t("agreeTitle"), text: t("agreeText"), confirm: t("agree"), run: (reason) => agree.mutateAsync(reason) })}>
        {t("agree")}
      </Button>
      <Button size="sm" variant="default" onClick={() => askReason({ title: t("refuseTitle"), text: "", confirm: t("refuse"), run: (reason) => refuse.mutateAsync(reason) })}>
        {t("refuse")}
      </Button>
    </Group>
  );
}
