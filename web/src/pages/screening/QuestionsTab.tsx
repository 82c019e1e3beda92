// What this node has asked about people: purpose, answer, receipt; never a number.
import { Anchor, Select, Stack, Text } from "@mantine/core";
import { IconZoomQuestion } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import "@/texts/screening";
import { purposes } from "./acts";

const outcomes = ["not_listed", "hit", "unanswered"] as const;

export function Component() {
  const { t } = useTranslation("screening");
  const { t: named } = useTranslation("states");
  const navigate = useNavigate();
  const list = useListState({ sort: "-asked_at", filters: ["outcome", "purpose"] });
  const outcome = list.filter("outcome");
  const purpose = list.filter("purpose");
  const questions = useQuery({
    queryKey: ["questions", outcome, purpose, list.query],
    queryFn: ({ signal }) =>
      body(api.GET("/screening/queries", { signal, params: { query: { ...list.query, ...(outcome ? { outcome } : {}), ...(purpose ? { purpose } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <ListTable
      label={t("questions")}
      list={list}
      query={questions}
      rowId={({ id }) => id}
      onOpen={({ id }) => navigate(`/screening/questions/${id}`)}
      filters={
        <>
          <Select w={150} aria-label={t("anyOutcome")} placeholder={t("anyOutcome")} clearable data={outcomes.map((value) => ({ value, label: named(`screened.${value}`) }))} value={outcome || null} onChange={(value) => list.setFilter("outcome", value)} />
          <Select w={170} aria-label={t("anyPurpose")} placeholder={t("anyPurpose")} clearable data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))} value={purpose || null} onChange={(value) => list.setFilter("purpose", value)} />
        </>
      }
      empty={<EmptyState icon={IconZoomQuestion} title={t("questionsEmpty")} text={t("questionsEmptyText")} />}
      columns={[
        {
          key: "number",
          title: t("question"),
          sort: "number",
          render: ({ id, number, kind }) => (
            <Stack gap={0}>
              <Anchor component={Link} to={`/screening/questions/${id}`} size="sm" fw={550} c="inherit" className="figures">
                {number}
              </Anchor>
              <Text size="xs" c="dimmed">
                {t(`kind.${kind}`)}
              </Text>
            </Stack>
          ),
        },
        {
          key: "outcome",
          title: t("decision"),
          render: ({ outcome: value, hit }) =>
            hit ? (
              <Anchor component={Link} to={`/screening/hits/${hit}`} underline="never" aria-label={t("goOn")}>
                <StateBadge of="screened" state={value} />
              </Anchor>
            ) : (
              <StateBadge of="screened" state={value} />
            ),
        },
        { key: "purpose", title: t("purposeLabel"), render: ({ purpose: value }) => t(`purpose.${value}`) },
        { key: "requisition", title: t("requisition"), sort: "requisition", render: ({ requisition }) => requisition },
        {
          key: "asked",
          title: t("askedAt"),
          sort: "asked_at",
          render: ({ asked_at, asked_by }) => (
            <Stack gap={0}>
              <Moment at={asked_at} />
              <Text size="xs" c="dimmed">
                {asked_by}
              </Text>
            </Stack>
          ),
        },
      ]}
    />
  );
}
