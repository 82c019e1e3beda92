// The chain of custody: every step, and a check of everything at the press of a button.
import { Alert, Button, Card, Code, List, Stack, Text } from "@mantine/core";
import { IconLink, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { InLog } from "@/parts/InLog";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { said } from "@/parts/said";
import { SectionHeader } from "@/parts/SectionHeader";
import { useListState } from "@/parts/useListState";
import { useLeak } from "./LeakLayout";

export function Component() {
  const { t } = useTranslation("leaks");
  const leak = useLeak();
  return (
    <Stack gap="lg">
      <Custody of={{ leak: leak.id }} text={t("custodyText")} />
      <InLog subject={leak.id} read="read_cases" />
    </Stack>
  );
}

type Matter = { leak: string } | { case: string };

const stepsOf = (of: Matter, query: { offset: number; limit: number }, signal: AbortSignal) =>
  "leak" in of ? api.GET("/leaks/{leak}/custody", { signal, params: { path: of, query } }) : api.GET("/cases/{case}/custody", { signal, params: { path: of, query } });
const checkOf = (of: Matter) => ("leak" in of ? api.POST("/leaks/{leak}/custody/check", { params: { path: of } }) : api.POST("/cases/{case}/custody/check", { params: { path: of } }));

/** Also on the page of a case, for itself and for the leak it came from. */
export function Custody({ of, text, label }: { of: Matter; text: string; label?: string }) {
  const { t } = useTranslation("leaks");
  const list = useListState();
  const { offset, limit } = list;
  const custody = useQuery({
    queryKey: ["leak-custody", of, offset, limit],
    queryFn: ({ signal }) => body(stepsOf(of, { offset, limit }, signal)),
    placeholderData: keepPreviousData,
  });
  const check = useAct(() => body(checkOf(of)), { refresh: ["leak-custody"] });
  return (
    <Stack>
      <Card>
        <SectionHeader text={text} mb={0}>
          <Button variant="default" leftSection={<IconShieldCheck size={16} />} loading={check.isPending} onClick={() => check.mutate(undefined)}>
            {t("check")}
          </Button>
        </SectionHeader>
        {check.data && (
          <Alert
            mt="md"
            role="status"
            color={check.data.holds ? "teal" : "red"}
            icon={check.data.holds ? <IconShieldCheck size={18} /> : <IconShieldX size={18} />}
            title={check.data.holds ? t("checkHolds", { items: check.data.items, steps: check.data.steps }) : t("checkFails")}
          >
            {!check.data.holds && (
              <List size="sm">
                {check.data.faults.map((fault, index) => (
                  <List.Item key={index}>{said(fault)}</List.Item>
                ))}
              </List>
            )}
          </Alert>
        )}
      </Card>
      <ListTable
        label={label ?? t("custody")}
        list={list}
        query={custody}
        searchable={false}
        rowId={({ sequence }) => sequence}
        empty={<EmptyState icon={IconLink} title={t("custody")} text={t("custodyText")} />}
        columns={[
          {
            key: "what",
            title: t("what"),
            render: (step) => (
              <Stack gap={0}>
                <Text size="sm" fw={550}>
                  {said(step.words) || step.action}
                </Text>
                {step.why && (
                  <Text size="xs" c="dimmed">
                    {step.why}
                  </Text>
                )}
              </Stack>
            ),
          },
          { key: "step", title: t("step"), align: "right", wideOnly: true, render: ({ sequence }) => <span className="figures">{sequence}</span> },
          { key: "when", title: t("when"), render: ({ time }) => <Moment at={time} exact /> },
          { key: "who", title: t("who"), render: ({ actor }) => actor.name || actor.kind },
          { key: "tool", title: t("tool"), wideOnly: true, render: ({ tool }) => tool || "–" },
          { key: "hash", title: t("hash"), render: ({ hash }) => <Code>{hash.slice(0, 12)}…</Code> },
        ]}
      />
    </Stack>
  );
}
