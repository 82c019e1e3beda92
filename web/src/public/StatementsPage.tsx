// /statements: everything that was published, newest first.
import { Anchor, Badge, Button, Center, Group, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import { IconFileCertificate, IconRss } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { dateTime } from "@/parts/times";
import { HeldFile } from "./HeldFile";
import { PublicShell } from "./PublicShell";
import { titleOf, useStatements } from "./queries";
import "@/portal/texts";
import "./texts";

export function Component() {
  const { t } = useTranslation("public");
  const statements = useStatements();
  const first = statements.data?.pages[0];
  const organisation = first?.organisation;
  const items = statements.data?.pages.flatMap((page) => page.items) ?? [];
  useEffect(() => {
    document.title = `${t("listTitle")} · ${organisation?.name ?? "Probity"}`;
  }, [t, organisation?.name]);
  return (
    <PublicShell organisation={organisation}>
      <Stack gap="xl">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={1}>{t("listTitle")}</Title>
            {organisation && <Text c="dimmed">{t("listText", { organisation: organisation.name })}</Text>}
          </div>
          <Button component="a" href="/statements/feed.xml" variant="default" leftSection={<IconRss size={16} />}>{t("feed")}</Button>
        </Group>
        {statements.error ? (
          <Failure error={statements.error} onRetry={() => void statements.refetch()} />
        ) : first === undefined ? (
          <Center mih="30dvh"><Loader role="status" aria-label={t("listTitle")} /></Center>
        ) : items.length === 0 ? (
          <EmptyState icon={IconFileCertificate} title={t("listEmpty")} text={t("listEmptyText")} />
        ) : (
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
            {items.map((one) => (
              <Paper component="li" key={one.id} withBorder p="md" radius="md">
                <Group gap="xs" mb={4}>
                  <Badge variant="light" tt="none" color={one.relation === "overturned" ? "red" : "gray"}>{t(`relation_${one.relation}`)}</Badge>
                  <Text size="sm" c="dimmed">{one.number} · {dateTime(one.published_at)}</Text>
                </Group>
                <Anchor component={Link} to={`/statements/${one.id}`} fw={600}>{one.state === "tombstoned" ? t("tombstone") : titleOf(one)}</Anchor>
              </Paper>
            ))}
          </Stack>
        )}
        {statements.hasNextPage && (
          <Center><Button variant="default" loading={statements.isFetchingNextPage} onClick={() => void statements.fetchNextPage()}>{t("more")}</Button></Center>
        )}
        {organisation && <HeldFile organisation={organisation.name} />}
      </Stack>
    </PublicShell>
  );
}
