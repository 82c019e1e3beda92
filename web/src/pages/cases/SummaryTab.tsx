// The case in short: facts, whether it may be published, what weighs in favour, loss, conflicts of interest.
import { Alert, Anchor, Button, Card, Group, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCircleCheck, IconClockHour4, IconFileTypePdf, IconPackageExport, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body } from "@/api/client";
import { currentLocale } from "@/i18n";
import { Facts } from "@/parts/Facts";
import { FormDialog } from "@/parts/FormDialog";
import { SectionHeader } from "@/parts/SectionHeader";
import { amountText, currencies, minorOf, money } from "@/parts/money";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { type Case, concerned, useCase } from "./acts";
import classes from "./cases.module.css";
import { Conflicts } from "./Conflicts";

export function Component() {
  const { t } = useTranslation("cases");
  const found = useCase();
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Stack gap="lg">
        {found.summary && (
          <Card>
            <Title order={2} size="h3" mb="sm">
              {t("summary")}
            </Title>
            <Text size="sm" className={classes.prose}>
              {found.summary}
            </Text>
          </Card>
        )}
        <FactsCard found={found} />
        <Publication found={found} />
        <TakeAway found={found} />
      </Stack>
      <Stack gap="lg">
        <Mitigation found={found} />
        <Loss found={found} />
        <Conflicts found={found} />
      </Stack>
    </SimpleGrid>
  );
}

/** The whole case as files, for a court, an auditor, or a shelf. */
function TakeAway({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  return (
    <Card>
      <SectionHeader title={t("takeAway")} text={t("takeAwayText")} />
      <Group gap="xs">
        <Button component="a" href={`/api/v1/cases/${found.id}/export`} download={`${found.number}.zip`} variant="default" size="sm" leftSection={<IconPackageExport size={16} />}>
          {t("exportCase")}
        </Button>
        <Button component="a" href={`/api/v1/cases/${found.id}/summary?lang=${currentLocale()}`} target="_blank" rel="noopener" variant="default" size="sm" leftSection={<IconFileTypePdf size={16} />}>
          {t("summaryPdf")}
        </Button>
      </Group>
    </Card>
  );
}

function FactsCard({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const accused = found.parties.filter((party) => party.accused);
  const project = useQuery({
    queryKey: ["project", found.project],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}", { signal, params: { path: { project: found.project ?? "" } } })),
    enabled: Boolean(found.project),
  });
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("facts")}
      </Title>
      <Facts
        facts={[
          [t("accused"), accused.map(({ name }) => name).join(", ")],
          [t("owner"), found.owner?.name],
          [t("reviewer"), found.reviewer?.name ?? t("nobody")],
          [t("secondReviewer"), found.second_reviewer?.name],
          [t("opened"), dateTime(found.opened_at)],
          [t("updated"), dateTime(found.updated_at)],
          [
            t("fromLeak", { number: "" }).trim(),
            found.leak ? (
              <Anchor component={Link} to={`/leaks/${found.leak}`} inherit>
                {found.leak_number || found.leak}
              </Anchor>
            ) : null,
          ],
          [
            t("project"),
            found.project ? (
              <Anchor component={Link} to={`/projects/${found.project}`} inherit>
                {project.data?.name ?? t("project")}
              </Anchor>
            ) : null,
          ],
        ]}
      />
    </Card>
  );
}

function Publication({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { publication } = found;
  return (
    <Alert
      color={publication.allowed ? "teal" : "gray"}
      icon={publication.allowed ? <IconCircleCheck size={18} /> : <IconClockHour4 size={18} />}
      title={publication.allowed ? t("publicationYes") : t("publicationNo")}
    >
      <Stack gap={4}>
        <Text size="sm">{currentLocale() === "zh" && publication.reason_zh ? publication.reason_zh : publication.reason}</Text>
        {publication.not_before && (
          <Text size="sm" className="figures">
            {t("notBefore", { time: dateTime(publication.not_before) })}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

function Mitigation({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  const [editing, edit] = useDisclosure();
  const given = found.mitigation ?? {};
  const first = given.first_offence === true ? t("firstYes") : given.first_offence === false ? t("firstNo") : t("firstUnknown");
  return (
    <Card>
      <SectionHeader title={t("mitigation")} text={t("mitigationText")}>
        {may("write_cases") && (
          <Button size="xs" variant="default" leftSection={<IconPencil size={14} />} onClick={edit.open} style={{ flex: "none" }} aria-label={`${t("edit")}: ${t("mitigation")}`}>
            {t("edit")}
          </Button>
        )}
      </SectionHeader>
      <Facts
        facts={[
          [t("selfReported"), given.self_reported ? <>{common("yes")}{given.self_reported_at && `, ${dateTime(given.self_reported_at)}`}</> : common("no")],
          [t("takenDownAt"), given.taken_down_at ? dateTime(given.taken_down_at) : "–"],
          [t("firstOffence"), first],
          [t("note"), given.note],
        ]}
      />
      <FormDialog
        opened={editing}
        onClose={edit.close}
        title={t("mitigation")}
        submit={common("save")}
        initial={() => ({
          self_reported: given.self_reported ?? false,
          self_reported_at: given.self_reported_at ?? null,
          taken_down_at: given.taken_down_at ?? null,
          first: given.first_offence === true ? "yes" : given.first_offence === false ? "no" : "unknown",
          note: given.note ?? "",
        })}
        run={({ first: answer, ...rest }) =>
          body(
            api.PATCH("/cases/{case}", {
              params: { path: { case: found.id } },
              body: { mitigation: { ...rest, first_offence: answer === "unknown" ? null : answer === "yes" }, revision: found.revision },
            }),
          )
        }
        done={t("changed")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <Switch label={t("selfReported")} {...form.getInputProps("self_reported", { type: "checkbox" })} />
            {form.values.self_reported && (
              <ZonedTimeInput label={t("selfReportedAt")} fixedZone zone="" at={form.values.self_reported_at} onChange={(at) => form.setFieldValue("self_reported_at", at)} />
            )}
            <ZonedTimeInput label={t("takenDownAt")} fixedZone zone="" at={form.values.taken_down_at} onChange={(at) => form.setFieldValue("taken_down_at", at)} />
            <Select
              label={t("firstOffence")}
              allowDeselect={false}
              data={[
                { value: "unknown", label: t("firstUnknown") },
                { value: "yes", label: t("firstYes") },
                { value: "no", label: t("firstNo") },
              ]}
              {...form.getInputProps("first")}
            />
            <Textarea label={t("note")} autosize minRows={2} maxLength={4000} {...form.getInputProps("note")} />
          </>
        )}
      </FormDialog>
    </Card>
  );
}

function Loss({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  const [editing, edit] = useDisclosure();
  const { loss } = found;
  return (
    <Card>
      <SectionHeader title={t("loss")} text={t("lossText")}>
        {may("write_cases") && (
          <Button size="xs" variant="default" leftSection={<IconPencil size={14} />} onClick={edit.open} style={{ flex: "none" }} aria-label={`${t("edit")}: ${t("loss")}`}>
            {t("edit")}
          </Button>
        )}
      </SectionHeader>
      {loss ? (
        <Facts
          facts={[
            [t("lossAmount"), <Text key="amount" span inherit fw={600} className="figures">{money(loss)}</Text>],
            [t("lossHow"), loss.text],
          ]}
        />
      ) : (
        <Text size="sm">{t("noLoss")}</Text>
      )}
      <FormDialog
        opened={editing}
        onClose={edit.close}
        title={t("loss")}
        submit={common("save")}
        initial={() => ({ amount: loss ? amountText(loss.minor, loss.currency) : "", currency: loss?.currency ?? "CNY", text: loss?.text ?? "" })}
        validate={({ amount, currency }) => (amount.trim() !== "" && minorOf(amount, currency) === null ? { amount: t("amountBad") } : {})}
        run={({ amount, currency, text }) => {
          const minor = minorOf(amount, currency);
          return body(
            api.PATCH("/cases/{case}", { params: { path: { case: found.id } }, body: { loss: minor === null ? null : { minor, currency, text: text.trim() }, revision: found.revision } }),
          );
        }}
        done={t("changed")}
        refresh={concerned}
      >
        {(form) => (
          <>
            <Group grow align="flex-start">
              <TextInput label={t("lossAmount")} inputMode="decimal" {...form.getInputProps("amount")} />
              <Select label={t("currency")} data={currencies} allowDeselect={false} searchable {...form.getInputProps("currency")} />
            </Group>
            <Textarea label={t("lossHow")} autosize minRows={3} maxLength={4000} {...form.getInputProps("text")} />
          </>
        )}
      </FormDialog>
    </Card>
  );
}
