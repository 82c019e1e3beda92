// Announcing an event, and changing one.
import { Group, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { ownZone } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";

interface Props {
  opened: boolean;
  onClose: () => void;
  event?: Schemas["Training"];
}

export function TrainingForm({ opened, onClose, event }: Props) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={event ? t("trainingEdit") : t("trainingNew")}
      submit={event ? common("save") : t("trainingNew")}
      size="lg"
      initial={() => ({
        title: event?.title ?? "",
        text: event?.text ?? "",
        starts_at: event?.starts_at ?? null,
        ends_at: event?.ends_at ?? null,
        zone: event?.zone ?? ownZone,
        place: event?.place ?? "",
        link: event?.link ?? "",
        capacity: event?.capacity ?? 30,
      })}
      validate={(values) => ({
        ...missing(values, ["title", "starts_at", "ends_at"], common("required")),
        ...(values.starts_at && values.ends_at && Date.parse(values.ends_at) <= Date.parse(values.starts_at) ? { ends_at: t("endsBefore") } : {}),
      })}
      run={({ title, text, starts_at, ends_at, zone, place, link, capacity }) => {
        const request = { title: title.trim(), text: text.trim(), starts_at: starts_at ?? "", ends_at: ends_at ?? "", zone, place: place.trim(), link: link.trim() || null, capacity };
        return body(event ? api.PUT("/training/{training}", { params: { path: { training: event.id } }, body: request }) : api.POST("/training", { body: request }));
      }}
      done={event ? t("trainingChanged") : t("trainingAnnounced")}
      refresh={["training"]}
    >
      {(form) => (
        <>
          <TextInput label={t("theTitle")} required maxLength={200} {...form.getInputProps("title")} />
          <Textarea label={t("theText")} autosize minRows={3} maxLength={10000} {...form.getInputProps("text")} />
          <ZonedTimeInput label={t("starts")} required future at={form.values.starts_at} zone={form.values.zone} error={form.errors.starts_at} onChange={(at, zone) => form.setValues({ starts_at: at, zone })} />
          <ZonedTimeInput label={t("ends")} required fixedZone quiet at={form.values.ends_at} zone={form.values.zone} error={form.errors.ends_at} onChange={(at) => form.setFieldValue("ends_at", at)} />
          <Group grow align="flex-start">
            <TextInput label={t("place")} maxLength={300} {...form.getInputProps("place")} />
            <TextInput label={t("link")} placeholder="https://" maxLength={2000} {...form.getInputProps("link")} />
          </Group>
          <NumberInput label={t("capacity")} min={1} max={5000} allowDecimal={false} {...form.getInputProps("capacity")} />
        </>
      )}
    </FormDialog>
  );
}
