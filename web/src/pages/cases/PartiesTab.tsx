// Who is involved in a case, in which role, and what accusing somebody rests on.
import { ActionIcon, Anchor, Badge, Button, Card, Group, Select, SegmentedControl, Stack, Switch, Text, Textarea, TextInput, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconTrash, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog } from "@/parts/FormDialog";
import { useMay } from "@/session/permissions";
import { PartySelect } from "../commitments/PartySelect";
import { type Case, concerned, useCase, useCaseActs } from "./acts";
import classes from "./cases.module.css";
import { Holds, isWithheld } from "./Holds";

const roles: Schemas["CaseRole"][] = ["recipient", "outlet", "employee", "former_employee", "supplier", "sub_supplier", "witness", "reporter", "platform", "other"];
const bases: Schemas["AccusedBasis"][] = ["unmasking", "own_footage_lead", "admission", "inquiry"];

export function Component() {
  const { t } = useTranslation("cases");
  const found = useCase();
  const may = useMay();
  const [adding, add] = useDisclosure();
  const writes = may("write_cases") && found.state !== "closed";
  const button = writes && (
    <Button leftSection={<IconPlus size={16} />} onClick={add.open}>
      {t("addParty")}
    </Button>
  );
  return (
    <Stack>
      {found.parties.length === 0 ? (
        <Card>
          <EmptyState icon={IconUsers} title={t("partiesEmpty")} text={t("partiesText")}>
            {button}
          </EmptyState>
        </Card>
      ) : (
        <>
          <Group justify="space-between">
            <Text size="sm" c="dimmed" maw={560}>
              {t("partiesText")}
            </Text>
            {button}
          </Group>
          <Stack component="ul" gap="sm" className={classes.plain}>
            {found.parties.map((party) => (
              <Party key={party.id} found={found} party={party} writes={writes} />
            ))}
          </Stack>
        </>
      )}
      {found.parties.some(({ accused }) => accused) && <Holds found={found} />}
      <AddParty found={found} opened={adding} onClose={add.close} />
    </Stack>
  );
}

function Party({ found, party, writes }: { found: Case; party: Schemas["CaseParty"]; writes: boolean }) {
  const { t } = useTranslation("cases");
  const acts = useCaseActs(found);
  const basis = party.basis as Schemas["AccusedBasis"] | null | undefined;
  return (
    <Card component="li" padding="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={4} miw={0}>
          <Group gap="xs">
            {party.party ? (
              <Anchor component={Link} to={`/parties/${party.party}`} fw={600} c="inherit">
                {party.name}
              </Anchor>
            ) : (
              <Text fw={600}>{party.name}</Text>
            )}
            <Badge color="gray">{t(`role.${party.role}`)}</Badge>
            {party.accused && <Badge color="red">{t("accused")}</Badge>}
            {party.identified && <Badge color="violet">{t("identified")}</Badge>}
            {isWithheld(found, party.id) && <Badge color="orange">{t("holdNow")}</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            {[party.organisation, basis && t("restsOnBasis", { basis: t(`basis.${basis}`) }), basis === "own_footage_lead" && t("leadNote")].filter(Boolean).join(" · ")}
          </Text>
          {party.commitment && (
            <Anchor component={Link} to={`/commitments/${party.commitment}`} size="sm">
              {t("commitment")} {party.commitment_number}
            </Anchor>
          )}
          {party.note && (
            <Text size="sm" className={classes.prose}>
              {party.note}
            </Text>
          )}
          {party.public_name && (
            <Text size="xs" c="dimmed">
              {t("publicName")}: {party.public_name}
            </Text>
          )}
        </Stack>
        {writes && (
          <Tooltip label={t("removeParty")}>
            <ActionIcon variant="subtle" color="gray" aria-label={`${t("removeParty")}: ${party.name}`} onClick={() => acts.removeParty(party.id, party.name)}>
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </Card>
  );
}

function AddParty({ found, opened, onClose }: { found: Case; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("addParty")}
      submit={t("addParty")}
      size="lg"
      initial={() => ({
        known: "known",
        party: null as string | null,
        name: "",
        role: "recipient" as Schemas["CaseRole"],
        accused: false,
        basis: "unmasking" as Schemas["AccusedBasis"],
        commitment: null as string | null,
        public_name: "",
        note: "",
      })}
      validate={({ known, party, name }) => (known === "known" ? (party === null ? { party: common("required") } : {}) : name.trim() === "" ? { name: common("required") } : {})}
      run={({ known, party, name, accused, basis, commitment, public_name, note, role }) =>
        body(
          api.POST("/cases/{case}/parties", {
            params: { path: { case: found.id } },
            body: {
              role,
              accused,
              ...(known === "known" ? { party } : { name: name.trim() }),
              ...(accused ? { basis } : {}),
              ...(accused && commitment ? { commitment } : {}),
              ...(public_name.trim() ? { public_name: public_name.trim() } : {}),
              ...(note.trim() ? { note: note.trim() } : {}),
            },
          }),
        )
      }
      done={t("added")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <SegmentedControl
            aria-label={t("addParty")}
            data={[
              { value: "known", label: t("partyKnown") },
              { value: "other", label: t("partyOther") },
            ]}
            {...form.getInputProps("known")}
          />
          {form.values.known === "known" ? (
            <PartySelect label={t("partyKnown")} required value={form.values.party} error={form.errors.party} onChange={(party) => form.setFieldValue("party", party)} />
          ) : (
            <TextInput label={common("name")} required maxLength={200} {...form.getInputProps("name")} />
          )}
          <Select label={t("roleLabel")} allowDeselect={false} data={roles.map((value) => ({ value, label: t(`role.${value}`) }))} {...form.getInputProps("role")} />
          <Switch label={t("isAccused")} {...form.getInputProps("accused", { type: "checkbox" })} />
          {form.values.accused && (
            <>
              <Select
                label={t("restsOn")}
                description={form.values.basis === "own_footage_lead" ? t("leadNote") : undefined}
                allowDeselect={false}
                data={bases.map((value) => ({ value, label: t(`basis.${value}`) }))}
                {...form.getInputProps("basis")}
              />
              <CommitmentSelect party={form.values.known === "known" ? form.values.party : null} value={form.values.commitment} onChange={(commitment) => form.setFieldValue("commitment", commitment)} />
            </>
          )}
          <TextInput label={t("publicName")} description={t("publicNameHint")} maxLength={200} {...form.getInputProps("public_name")} />
          <Textarea label={t("note")} autosize minRows={2} maxLength={4000} {...form.getInputProps("note")} />
        </>
      )}
    </FormDialog>
  );
}

/** The commitments of one party, newest first. */
export function CommitmentSelect({ party, value, onChange }: { party: string | null; value: string | null; onChange: (commitment: string | null) => void }) {
  const { t } = useTranslation("cases");
  const { t: states } = useTranslation("states");
  const found = useQuery({
    queryKey: ["commitments", "party", party],
    queryFn: ({ signal }) => body(api.GET("/commitments", { signal, params: { query: { party: party ?? "", limit: 50 } } })),
    enabled: party !== null,
  });
  if (party === null || !found.data || found.data.total === 0) return null;
  return (
    <Select
      label={t("commitment")}
      clearable
      data={found.data.items.map(({ id, number, title, state }) => ({ value: id, label: `${number} · ${title} (${states(`commitment.${state}`)})` }))}
      value={value}
      onChange={onChange}
    />
  );
}
