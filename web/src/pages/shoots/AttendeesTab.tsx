// Who attends a shoot, under which commitment, in which slot and zone.
import { ActionIcon, Anchor, Badge, Button, Card, Group, Select, Stack, Text, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconTrash, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { PartySelect } from "../commitments/PartySelect";
import { type Shoot, useShoot } from "./ShootLayout";

const refresh = ["shoot", "shoots"];

function slotsOf(shoot: Shoot) {
  return shoot.slots.map(({ id, label, from }) => ({ value: id, label: `${label} (${dateTime(from, shoot.time_zone)})` }));
}
const zonesOf = (shoot: Shoot) => shoot.zones.map(({ id, label }) => ({ value: id, label }));

export function Component() {
  const { t } = useTranslation("shoots");
  const shoot = useShoot();
  const may = useMay();
  const [adding, add] = useDisclosure();
  const button = may("write_shoots") && (
    <Button leftSection={<IconPlus size={16} />} onClick={add.open}>
      {t("addAttendee")}
    </Button>
  );
  return (
    <Stack>
      {shoot.attendees.length === 0 ? (
        <Card>
          <EmptyState icon={IconUsers} title={t("attendeesEmpty")} text={t("attendeesEmptyText")}>
            {button}
          </EmptyState>
        </Card>
      ) : (
        <>
          <Group justify="flex-end">{button}</Group>
          <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
            {shoot.attendees.map((attendee) => (
              <One key={attendee.party} shoot={shoot} attendee={attendee} />
            ))}
          </Stack>
        </>
      )}
      <FormDialog
        opened={adding}
        onClose={add.close}
        title={t("addAttendee")}
        submit={t("addAttendee")}
        initial={() => ({ party: null as string | null, slot: null as string | null, zone: null as string | null })}
        validate={(values) => missing(values, ["party"], t("attendeeHint"))}
        run={({ party, slot, zone }) =>
          body(api.POST("/shoots/{shoot}/attendees", { params: { path: { shoot: shoot.id } }, body: { party: party ?? "", ...(slot ? { slot } : {}), ...(zone ? { zone } : {}) } }))
        }
        done={t("added")}
        refresh={refresh}
      >
        {(form) => (
          <>
            <PartySelect
              label={t("attendees")}
              description={t("attendeeHint")}
              required
              only={({ kind }) => kind === "person"}
              value={form.values.party}
              error={form.errors.party}
              onChange={(party) => form.setFieldValue("party", party)}
            />
            <Select label={t("slot")} placeholder={t("anySlot")} clearable data={slotsOf(shoot)} {...form.getInputProps("slot")} />
            <Select label={t("place2")} placeholder={t("anySlot")} clearable data={zonesOf(shoot)} {...form.getInputProps("zone")} />
          </>
        )}
      </FormDialog>
    </Stack>
  );
}

function One({ shoot, attendee }: { shoot: Shoot; attendee: Schemas["ShootAttendee"] }) {
  const { t } = useTranslation("shoots");
  const may = useMay();
  const path = { params: { path: { shoot: shoot.id, party: attendee.party } } };
  const change = useAct((values: Schemas["AttendeeUpdate"]) => body(api.PATCH("/shoots/{shoot}/attendees/{party}", { ...path, body: values })), { done: t("changed"), refresh });
  const remove = useAct(() => body(api.DELETE("/shoots/{shoot}/attendees/{party}", path)), { done: t("removed"), refresh, quiet: true });
  const writes = may("write_shoots");
  return (
    <Card component="li" padding="md">
      <Group justify="space-between" align="center">
        <Stack gap={2} miw={0} flex="1 1 220px">
          <Group gap="xs">
            <Anchor component={Link} to={`/parties/${attendee.party}`} fw={600} size="sm" c="inherit">
              {attendee.party_name}
            </Anchor>
            {!attendee.in_force && <Badge color="orange">{t("notInForce")}</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {attendee.organisation_name && `${attendee.organisation_name} · `}
            <Anchor component={Link} to={`/commitments/${attendee.commitment}`} inherit underline="always">
              {attendee.commitment_number}
            </Anchor>
          </Text>
          <Text size="xs" c="dimmed" className="figures">
            {t("handedIn", { count: attendee.frames })}
            {attendee.waiting > 0 && ` · ${t("waiting", { count: attendee.waiting })}`}
          </Text>
        </Stack>
        <Group gap="xs" wrap="nowrap">
          {shoot.slots.length > 0 && (
            <Select size="xs" w={170} aria-label={`${t("slot")}: ${attendee.party_name}`} placeholder={t("anySlot")} clearable readOnly={!writes} data={slotsOf(shoot)} value={attendee.slot} onChange={(slot) => change.mutate({ slot })} />
          )}
          {shoot.zones.length > 0 && (
            <Select size="xs" w={130} aria-label={`${t("place2")}: ${attendee.party_name}`} placeholder={t("anySlot")} clearable readOnly={!writes} data={zonesOf(shoot)} value={attendee.zone} onChange={(zone) => change.mutate({ zone })} />
          )}
          {writes && attendee.frames === 0 && (
            <Tooltip label={t("remove")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${t("remove")}: ${attendee.party_name}`}
                onClick={() => ask({ title: t("removeTitle", { name: attendee.party_name }), text: "", confirm: t("remove"), danger: true, run: () => remove.mutateAsync(undefined) })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Group>
    </Card>
  );
}
