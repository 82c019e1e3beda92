// Access withheld from accused parties until the decision: whose, by whom, since when and why, and how it ended.
import { Alert, Badge, Button, Card, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { SectionHeader } from "@/parts/SectionHeader";
import { askReason } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { type Case, concerned } from "./acts";
import classes from "./cases.module.css";

type Hold = Schemas["CaseHold"];

export function isWithheld(found: Case, party: string): boolean {
  return found.holds.some(({ case_party, ended_at }) => case_party === party && !ended_at);
}

/** Those whose access can be withheld now: accused, known to us, and not withheld already. */
export function canBeWithheld(found: Case): Schemas["CaseParty"][] {
  if (found.decision || found.state === "closed" || found.state === "overturned") return [];
  return found.parties.filter(({ id, accused, party }) => accused && party && !isWithheld(found, id));
}

export function Holds({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const may = useMay();
  const [placing, place] = useDisclosure();
  const free = may("write_cases") ? canBeWithheld(found) : [];
  const button = free.length > 0 && (
    <Button size="sm" variant="default" leftSection={<IconLock size={16} />} onClick={place.open} style={{ flex: "none" }}>
      {t("withhold")}
    </Button>
  );
  return (
    <Card component="section" aria-label={t("holds")}>
      {found.holds.length === 0 ? (
        <EmptyState icon={IconLockOpen} title={t("holdsNone")} text={found.decision ? t("holdsDecided") : t("holdsText")}>
          {button}
        </EmptyState>
      ) : (
        <>
          <SectionHeader title={t("holds")} text={t("holdsText")}>
            {button}
          </SectionHeader>
          <Stack component="ul" gap="lg" className={classes.plain}>
            {[...found.holds].reverse().map((hold) => (
              <One key={hold.id} found={found} hold={hold} />
            ))}
          </Stack>
        </>
      )}
      <Place found={found} free={free} opened={placing} onClose={place.close} />
    </Card>
  );
}

function One({ found, hold }: { found: Case; hold: Hold }) {
  const { t } = useTranslation("cases");
  const may = useMay();
  const release = useAct(
    (reason: string) => body(api.POST("/cases/{case}/holds/{hold}/release", { params: { path: { case: found.id, hold: hold.id } }, body: { reason } })),
    { done: t("holdLifted"), refresh: concerned, quiet: true },
  );
  // What ended it by itself is a word; a person gives reasons.
  const why = hold.ended_reason === "decided" || hold.ended_reason === "closed" ? t(`holdEnd.${hold.ended_reason}`) : hold.ended_reason;
  return (
    <Group component="li" justify="space-between" align="flex-start" wrap="nowrap" gap="md">
      <Stack gap={4} miw={0}>
        <Group gap="xs">
          <Text fw={600} size="sm">
            {hold.party_name}
          </Text>
          <Badge color={hold.ended_at ? "gray" : "orange"}>{hold.ended_at ? t("holdOver") : t("holdNow")}</Badge>
        </Group>
        <Text size="sm" className={classes.prose}>
          {hold.reason}
        </Text>
        <Text size="xs" c="dimmed" className="figures">
          {t("holdSince", { name: hold.by?.name ?? "", time: dateTime(hold.since) })}
        </Text>
        {hold.ended_at && (
          <Text size="xs" c="dimmed" className="figures">
            {t("holdEnded", { name: hold.ended_by ?? "", time: dateTime(hold.ended_at) })}: {why}
          </Text>
        )}
      </Stack>
      {!hold.ended_at && may("write_cases") && (
        <Button
          size="xs"
          variant="default"
          style={{ flex: "none" }}
          aria-label={`${t("holdLift")}: ${hold.party_name}`}
          onClick={() => askReason({ title: t("holdLiftTitle", { name: hold.party_name }), text: t("holdLiftText"), confirm: t("holdLift"), run: (reason) => release.mutateAsync(reason) })}
        >
          {t("holdLift")}
        </Button>
      )}
    </Group>
  );
}

function Place({ found, free, opened, onClose }: { found: Case; free: Schemas["CaseParty"][]; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("withhold")}
      text={t("holdsText")}
      submit={t("withhold")}
      initial={() => ({ case_party: free[0]?.id ?? "", reason: "" })}
      validate={(values) => missing(values, ["case_party", "reason"], common("required"))}
      run={({ case_party, reason }) => body(api.POST("/cases/{case}/holds", { params: { path: { case: found.id } }, body: { case_party, reason: reason.trim() } }))}
      done={t("withheld")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <Select label={t("accused")} allowDeselect={false} data={free.map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps("case_party")} />
          <Textarea label={common("reason")} description={t("holdReasonHint")} required autosize minRows={3} maxLength={2000} data-autofocus {...form.getInputProps("reason")} />
          <Alert color="gray">{t("holdKeeps")}</Alert>
        </>
      )}
    </FormDialog>
  );
}
