// How the public log stands, who cosigns it, and where anybody can read it.
import { Alert, Anchor, Badge, Card, Code, Group, SimpleGrid, Skeleton, Stack, Table, Text } from "@mantine/core";
import { IconAlertTriangle, IconListTree } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { inOwnWords } from "@/api/errors";
import { CopyField } from "@/parts/CopyField";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { SectionHeader } from "@/parts/SectionHeader";
import { count } from "@/parts/times";
import "@/texts/log";
import classes from "./log.module.css";

type Status = Schemas["LogStatus"];

export function Component() {
  const { t } = useTranslation("log");
  const log = useQuery({
    queryKey: ["log"],
    queryFn: ({ signal }) => body(api.GET("/log", { signal })),
    refetchInterval: 5_000,
  });
  const status = log.data;
  return (
    <>
      <PageHeader title={t("title")} text={t("text")} badge={status && !status.trouble && status.published && <Badge color="teal">{t("running")}</Badge>} />
      <Stack gap="lg">
        {!status && <Failure error={log.error} onRetry={() => void log.refetch()} />}
        {status?.trouble && (
          <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t("trouble")} role="alert">
            {inOwnWords(status.trouble, status.trouble_zh)}
          </Alert>
        )}
        <Counts status={status} />
        {status && <Checkpoint status={status} />}
        {status && <Witnesses status={status} />}
        {status && <Stamps status={status} />}
      </Stack>
    </>
  );
}

function Counts({ status }: { status: Status | undefined }) {
  const { t } = useTranslation("log");
  const figures: [string, number | undefined][] = [
    [t("size"), status?.size],
    [t("published"), status && (status.published?.size ?? 0)],
    [t("waiting"), status?.waiting],
  ];
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      {figures.map(([label, value]) => (
        <Card key={label} padding="md">
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          {value === undefined ? <Skeleton h={28} w={60} mt={6} /> : <Text className={classes.figure}>{count(value)}</Text>}
        </Card>
      ))}
    </SimpleGrid>
  );
}

function Checkpoint({ status }: { status: Status }) {
  const { t } = useTranslation("log");
  if (!status.published) {
    return (
      <Card>
        <EmptyState icon={IconListTree} title={t("empty")} text={t("emptyText")} />
      </Card>
    );
  }
  const here = window.location.origin;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Card>
        <SectionHeader title={t("checkpoint")} text={t("checkpointText")} />
        <Code block className={classes.note} tabIndex={0} aria-label={t("checkpoint")}>
          {status.published.checkpoint}
        </Code>
      </Card>
      <Card>
        <SectionHeader title={t("addresses")} text={t("addressesText")} />
        <Stack>
          <CopyField label={t("checkpoint")} value={`${here}/log/checkpoint`} />
          <CopyField label={t("key")} value={status.key} />
          <Facts
            facts={[
              [t("origin"), status.origin],
              [t("quorum"), status.quorum === "none" ? t("none") : status.quorum],
              [t("root"), <Code key="root" className={classes.hash}>{status.published.root}</Code>],
            ]}
          />
          <Group gap="md">
            <Anchor href="/log/policy" target="_blank" rel="noopener" size="sm">
              {t("policy")}
            </Anchor>
            <Anchor href="/log/key" target="_blank" rel="noopener" size="sm">
              {t("keyFile")}
            </Anchor>
          </Group>
        </Stack>
      </Card>
    </SimpleGrid>
  );
}

/** The hours: an outside authority's time over a checkpoint says that all of it was there by then. */
function Stamps({ status }: { status: Status }) {
  const { t } = useTranslation("log");
  const { wanted, size, time, trouble, trouble_zh } = status.stamps;
  return (
    <Card>
      <SectionHeader title={t("stamps")} text={t("stampsText")}>
        {wanted && <Badge color={trouble ? "orange" : time ? "teal" : "gray"} style={{ flex: "none" }}>{trouble ? t("stampsTrouble") : time ? t("fine") : t("stampsSoon")}</Badge>}
      </SectionHeader>
      {wanted || time ? (
        <Facts
          facts={[
            [t("stampedTo"), size === null ? null : count(size)],
            [t("stampedAt"), time ? <Moment key="time" at={time} exact /> : null],
            [t("stampsTrouble"), inOwnWords(trouble, trouble_zh)],
          ]}
        />
      ) : (
        <Text size="sm">{t("stampsNone")}</Text>
      )}
    </Card>
  );
}

function Witnesses({ status }: { status: Status }) {
  const { t } = useTranslation("log");
  const { t: common } = useTranslation();
  const size = status.published?.size ?? 0;
  return (
    <Card>
      <SectionHeader title={t("witnesses")} text={t("witnessesText")} />
      {status.witnesses.length === 0 ? (
        <Text size="sm">{t("witnessesNone")}</Text>
      ) : (
        <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t("witnesses")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("witness")}</Table.Th>
                <Table.Th ta="right">{t("cosigned")}</Table.Th>
                <Table.Th>{t("cosignedAt")}</Table.Th>
                <Table.Th>{common("state")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {status.witnesses.map((witness) => {
                const behind = size - (witness.cosigned_size ?? 0);
                return (
                  <Table.Tr key={witness.name}>
                    <Table.Td>
                      {witness.name}
                      {witness.trouble && (
                        <Text size="xs" c="red">
                          {inOwnWords(witness.trouble, witness.trouble_zh)}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td ta="right">{witness.cosigned_size === null ? "–" : count(witness.cosigned_size)}</Table.Td>
                    <Table.Td>
                      <Moment at={witness.cosigned_at} />
                    </Table.Td>
                    <Table.Td>
                      <Badge color={behind > 0 || witness.trouble ? "orange" : "teal"}>{behind > 0 ? t("behind", { count: behind }) : t("fine")}</Badge>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
