// Proposals for higher quotas: another operator than the proposer agrees.
import { Badge, Button, Group, Text } from "@mantine/core";
import { IconGauge } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask, askReason } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import { useSession } from "@/session/session";
import "@/texts/alliance";
import { useQuotaWords } from "./MemberPage";

const colours = { waiting: "orange", agreed: "teal", refused: "gray" } as const;

export function Component() {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  const quota = useQuotaWords();
  const list = useListState();
  const proposals = useQuery({
    queryKey: ["hub-quotas", list.query],
    queryFn: ({ signal }) => body(api.GET("/hub/quotas", { signal, params: { query: { offset: list.query.offset, limit: list.query.limit } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <ListTable
      label={t("quotas")}
      list={list}
      query={proposals}
      searchable={false}
      rowId={({ id }) => id}
      empty={<EmptyState icon={IconGauge} title={t("quotasEmpty")} text={t("quotasEmptyText")} />}
      columns={[
        { key: "member", title: t("member"), render: ({ member_name, reason }) => <><Text size="sm" fw={550}>{member_name}</Text><Text size="xs" c="dimmed">{reason}</Text></> },
        { key: "change", title: t("after"), render: (one) => <><Text size="sm">{quota(one.quota)}</Text><Text size="xs" c="dimmed">{t("before")}: {quota(one.before)}</Text></> },
        { key: "state", title: common("state"), render: ({ state, refusal }) => <><Badge color={colours[state]}>{t(`quotaState.${state}`)}</Badge>{refusal && <Text size="xs" c="dimmed">{refusal}</Text>}</> },
        { key: "proposed", title: t("proposedBy"), render: ({ proposed_at }) => dateTime(proposed_at) },
        { key: "acts", title: common("actions"), bare: true, render: (one) => <Acts proposal={one} /> },
      ]}
    />
  );
}

function Acts({ proposal }: { proposal: Schemas["HubQuotaProposal"] }) {
  const { t } = useTranslation("alliance");
  const { session } = useSession();
  const path = { params: { path: { proposal: proposal.id } } };
  const refresh = ["hub", "hub-quotas", "hub-members", "hub-member"];
  const agree = useAct(() => body(api.POST("/hub/quotas/{proposal}/agree", path)), { done: t("changed"), refresh, quiet: true });
  const refuse = useAct((reason: string) => body(api.POST("/hub/quotas/{proposal}/refuse", { ...path, body: { reason } })), { done: t("changed"), refresh, quiet: true });
  if (proposal.state !== "waiting") return null;
  return (
    <Group gap="xs" wrap="nowrap">
      {proposal.proposed_by !== session.account.id && <Button size="xs" onClick={() => ask({ title: t("agree"), text: t("agreeText"), confirm: t("agree"), run: () => agree.mutateAsync(undefined) })}>{t("agree")}</Button>}
      <Button size="xs" variant="default" onClick={() => askReason({ title: t("refuse"), text: "", confirm: t("refuse"), run: (reason) => refuse.mutateAsync(reason) })}>{t("refuse")}</Button>
    </Group>
  );
}
