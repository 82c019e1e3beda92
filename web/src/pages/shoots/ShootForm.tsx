// Place, slots and zones of a shoot: to open one, or to change it.
import { ActionIcon, Button, Card, Group, Input, Select, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { allZones, ownZone } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useSession } from "@/session/session";
import "@/texts/shoots";

type Shoot = Schemas["Shoot"];
type Values = {
  title: string;
  place: string;
  time_zone: string;
  slots: { key: string; id?: string; label: string; from: string | null; to: string | null }[];
  zones: { key: string; id?: string; label: string }[];
};

interface Props {
  project: string;
  shoot?: Shoot;
  opened: boolean;
  onClose: () => void;
  onSaved?: (shoot: Shoot) => void;
}

function requestOf({ title, place, time_zone, slots, zones }: Values) {
  return {
    title: title.trim(),
    place: place.trim(),
    time_zone,
    slots: slots.map(({ id, label, from, to }) => ({ ...(id ? { id } : {}), label: label.trim(), from: from ?? "", to: to ?? "" })),
    zones: zones.map(({ id, label }) => ({ ...(id ? { id } : {}), label: label.trim() })),
  };
}

export function ShootForm({ project, shoot, opened, onClose, onSaved }: Props) {
  const { t } = useTranslation("shoots");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const zones = useMemo(allZones, []);
  const required = common("required");
  const check = (values: Values) => {
    const wrong: Record<string, React.ReactNode> = { ...missing(values, ["title", "place"], required) };
    values.slots.forEach((slot, at) => {
      for (const field of ["label", "from", "to"] as const) if (!slot[field] || String(slot[field]).trim() === "") wrong[`slots.${at}.${field}`] = required;
    });
    values.zones.forEach((zone, at) => {
      if (zone.label.trim() === "") wrong[`zones.${at}.label`] = required;
    });
    return wrong;
  };
  return (
    <FormDialog<Values, Shoot>
      opened={opened}
      onClose={onClose}
      title={shoot ? t("edit") : t("newShoot")}
      submit={shoot ? common("save") : t("newShoot")}
      size="lg"
      initial={() => ({
        title: shoot?.title ?? "",
        place: shoot?.place ?? "",
        time_zone: shoot?.time_zone ?? session.zone ?? ownZone,
        slots: (shoot?.slots ?? []).map((slot) => ({ ...slot, key: slot.id })),
        zones: (shoot?.zones ?? []).map((zone) => ({ ...zone, key: zone.id })),
      })}
      validate={check}
      run={(values) =>
        shoot
          ? body(api.PATCH("/shoots/{shoot}", { params: { path: { shoot: shoot.id } }, body: requestOf(values) }))
          : body(api.POST("/projects/{project}/shoots", { params: { path: { project } }, body: requestOf(values) }))
      }
      done={shoot ? t("changed") : t("created")}
      refresh={["shoots", "shoot"]}
      onDone={(saved) => onSaved?.(saved)}
    >
      {(form) => (
        <>
          <TextInput label={t("name")} placeholder={t("namePlaceholder")} required maxLength={200} data-autofocus {...form.getInputProps("title")} />
          <Group grow align="flex-start">
            <TextInput label={t("place")} required maxLength={200} {...form.getInputProps("place")} />
            <Select label={t("zone")} data={zones} searchable allowDeselect={false} limit={60} {...form.getInputProps("time_zone")} />
          </Group>
          <Slots form={form} />
          <Zones form={form} />
        </>
      )}
    </FormDialog>
  );
}

function Slots({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation("shoots");
  return (
    <Input.Wrapper label={t("slots")} description={t("slotsHint")} labelElement="div">
      <Stack gap="sm" mt={8}>
        {form.values.slots.map((slot, at) => (
          <Card key={slot.key} padding="sm">
            <Stack gap="xs">
              <Group wrap="nowrap" align="flex-end" gap="xs">
                <TextInput flex={1} label={t("slotLabel")} required maxLength={200} {...form.getInputProps(`slots.${at}.label`)} />
                <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeSlot", { label: slot.label })} onClick={() => form.removeListItem("slots", at)}>
                  <IconTrash size={16} />
                </ActionIcon>
              </Group>
              <Group grow align="flex-start">
                <SlotTime form={form} at={at} field="from" label={t("from")} />
                <SlotTime form={form} at={at} field="to" label={t("to")} />
              </Group>
            </Stack>
          </Card>
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: "flex-start" }}
          onClick={() => form.insertListItem("slots", { key: `new-${Date.now()}`, label: "", from: null, to: null })}
        >
          {t("addSlot")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

function SlotTime({ form, at, field, label }: { form: UseFormReturnType<Values>; at: number; field: "from" | "to"; label: string }) {
  const slot = form.values.slots[at];
  return (
    <ZonedTimeInput
      label={label}
      required
      quiet
      fixedZone
      at={slot?.[field] ?? null}
      zone={form.values.time_zone}
      error={form.errors[`slots.${at}.${field}`]}
      onChange={(when) => form.setFieldValue(`slots.${at}.${field}`, when as never)}
    />
  );
}

function Zones({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation("shoots");
  return (
    <Input.Wrapper label={t("zones")} description={t("zonesHint")} labelElement="div">
      <Stack gap="xs" mt={8}>
        {form.values.zones.map((zone, at) => (
          <Group key={zone.key} wrap="nowrap" gap="xs">
            <TextInput flex={1} aria-label={t("zoneLabel")} required maxLength={200} {...form.getInputProps(`zones.${at}.label`)} />
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeZone", { label: zone.label })} onClick={() => form.removeListItem("zones", at)}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} style={{ alignSelf: "flex-start" }} onClick={() => form.insertListItem("zones", { key: `new-${Date.now()}`, label: "" })}>
          {t("addZone")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
