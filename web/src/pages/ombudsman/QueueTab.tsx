// What waits for the ombudsman, with its clocks.
import { Anchor, Badge, Group, Text } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { PlainList } from "@/parts/PlainList";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import "@/texts/filings";

export function Component() {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { t: common } = useTranslation();
  const matters = useQuery({ queryKey: ["matters"], queryFn: ({ signal }) => body(api.GET("/ombudsman/matters", { signal })), refetchInterval: 30_000 });
  return (
    <PlainList
      label={t("queue")}
      query={matters}
      rowId={({ listing }) => listing}
      empty={<EmptyState icon={IconScale} title={t("queueEmpty")} text={t("queueEmptyText")} />}
      columns={[
        { key: "conduct", title: t("matter"), render: ({ listing, conduct, filer, kind }) => <><Anchor component={Link} to={`/appeals/matters/${listing}`} size="sm" fw={550} c="inherit">{words(`conduct.${conduct}`)}</Anchor><Text size="xs" c="dimmed">{filer} · {words(`kind.${kind}`)}</Text></> },
        { key: "waits", title: t("waitsFor"), render: ({ waits_for }) => (waits_for ? t(`waits.${waits_for}`) : "–") },
        { key: "due", title: t("due"), render: (matter) => <Due matter={matter} /> },
        { key: "state", title: common("state"), render: ({ life }) => <StateBadge of="filing" state={life.status as Schemas["Filing"]["state"]} /> },
      ]}
    />
  );
}

export function Due({ matter }: { matter: Schemas["Matter"] }) {
  const { t } = useTranslation("filings");
  const { due_at, days_left, late } = matter;
  if (!due_at) return <>–</>;
  const left = days_left ?? 0;
  return (
    <Group gap={6}>
      <Text span size="sm">{dateTime(due_at)}</Text>
      <Badge color={late ? "red" : left <= 3 ? "orange" : "gray"}>{late || left < 0 ? t("daysLate", { count: Math.abs(left) }) : t("daysLeft", { count: left })}</Badge>
    </Group>
  );
}
