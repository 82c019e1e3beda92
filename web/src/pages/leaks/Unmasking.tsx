// Whose copy it is: asked for by one person, agreed to by another; and who looked at what the two decide on.
import { Alert, Button, Card, Group, Stack, Text } from "@mantine/core";
import { IconEyeQuestion, IconUserCheck, IconUserX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { SectionHeader } from "@/parts/SectionHeader";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { useSession } from "@/session/session";
import { type Leak, type LeakResult, useLeakActs } from "./acts";

export function Unmasking({ leak, result }: { leak: Leak; result: LeakResult }) {
  const { t } = useTranslation("leaks");
  const may = useMay();
  const acts = useLeakActs(leak);
  const newest = leak.unmaskings[0];
  const waiting = newest?.state === "requested" ? newest : null;
  const closed = leak.state === "closed";
  return (
    <Card>
      <SectionHeader title={t("unmask")} text={t("unmaskText")}>
        {result.masked && !waiting && !closed && may("write_leaks") && (
          <Button leftSection={<IconEyeQuestion size={16} />} onClick={acts.askName}>
            {t("askName")}
          </Button>
        )}
      </SectionHeader>
      <Stack gap="md">
        {waiting && !closed && <Deciding leak={leak} asked={waiting} />}
        {leak.unmaskings.map((one) => (
          <Line key={one.id} one={one} />
        ))}
        <Looked leak={leak} />
      </Stack>
    </Card>
  );
}

function Deciding({ leak, asked }: { leak: Leak; asked: Schemas["Unmasking"] }) {
  const { t } = useTranslation("leaks");
  const may = useMay();
  const { session } = useSession();
  const acts = useLeakActs(leak);
  const own = asked.requested_by === session.account.name;
  return (
    <Alert color={may("review_cases") && !own ? "orange" : "gray"} title={t("requestedBy", { name: asked.requested_by, time: dateTime(asked.requested_at) })}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm" style={{ whiteSpace: "pre-line" }}>
          {asked.reason}
        </Text>
        {own ? (
          <>
            <Text size="sm">{t("notYourOwn")}</Text>
            <Button size="xs" variant="default" loading={acts.withdraw.isPending} onClick={() => acts.withdraw.mutate(undefined)}>
              {t("withdraw")}
            </Button>
          </>
        ) : (
          may("review_cases") && (
            <>
              <Text size="sm">{t("youAreReviewer")}</Text>
              <Group gap="xs">
                <Button size="sm" leftSection={<IconUserCheck size={16} />} onClick={acts.agree}>
                  {t("agree")}
                </Button>
                <Button size="sm" variant="default" leftSection={<IconUserX size={16} />} onClick={acts.refuse}>
                  {t("refuse")}
                </Button>
              </Group>
            </>
          )
        )}
      </Stack>
    </Alert>
  );
}

function Line({ one }: { one: Schemas["Unmasking"] }) {
  const { t } = useTranslation("leaks");
  if (one.state === "requested") return null;
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <Stack gap={2}>
        <Text size="sm">{t("requestedBy", { name: one.requested_by, time: dateTime(one.requested_at) })}</Text>
        <Text size="sm" c="dimmed">
          {one.reason}
        </Text>
        {one.decided_at && (
          <Text size="sm" c="dimmed">
            {t("decidedBy", { name: one.decided_by ?? "", time: dateTime(one.decided_at) })}
            {one.decision_reason && `: ${one.decision_reason}`}
          </Text>
        )}
      </Stack>
      <StateBadge of="unmasking" state={one.state} />
    </Group>
  );
}

function Looked({ leak }: { leak: Leak }) {
  const { t } = useTranslation("leaks");
  return (
    <div>
      <Text size="sm" fw={550} mb={4}>
        {t("looked")}
      </Text>
      {leak.viewed.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("lookedNobody")}
        </Text>
      )}
      {leak.viewed.map((view, index) => (
        <Text key={index} size="sm" c="dimmed" className="figures">
          {view.who}, {dateTime(view.at)}
        </Text>
      ))}
    </div>
  );
}
