// Adding a sighting and correcting one, in one form; and when it was taken down.
import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { FormDialog, missing } from "@/parts/FormDialog";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useSession } from "@/session/session";
import { concerned } from "./acts";
import { correctionOf, emptySighting, SightingFields, sightingOf, valuesOf } from "./SightingForm";

export function TakenDown({ leak, sighting, onClose }: { leak: string; sighting: string; onClose: () => void }) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const [at, setAt] = useState<string | null>(new Date().toISOString());
  const save = useAct(() => body(api.PATCH("/leaks/{leak}/sightings/{sighting}", { params: { path: { leak, sighting } }, body: { taken_down_at: at } })), {
    done: t("changed"),
    refresh: concerned,
    onSuccess: onClose,
  });
  return (
    <Stack>
      <ZonedTimeInput label={t("takenDown")} at={at} zone="" fixedZone required onChange={setAt} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button disabled={at === null} loading={save.isPending} onClick={() => save.mutate(undefined)}>
          {common("save")}
        </Button>
      </Group>
    </Stack>
  );
}

export function AddSighting({ leak, onClose }: { leak: string; onClose: () => void }) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const form = useForm({
    initialValues: emptySighting(session.account.name),
    validate: { address: (address) => (address.trim() === "" ? common("required") : null), seen_at: (at) => (at === null ? common("required") : null) },
  });
  const save = useAct((values: typeof form.values) => body(api.POST("/leaks/{leak}/sightings", { params: { path: { leak } }, body: sightingOf(values) })), {
    done: t("changed"),
    refresh: concerned,
    onSuccess: onClose,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <SightingFields form={form} required />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("addSighting")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The same fields, and why they are changed. */
export function CorrectSighting({ leak, sighting, opened, onClose }: { leak: string; sighting: Schemas["Sighting"]; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t("correctSightingTitle")}
      text={t("correctSightingText")}
      submit={t("correctSighting")}
      initial={() => ({ ...valuesOf(sighting), reason: "" })}
      validate={(values) => ({
        ...missing(values, ["address", "seen_at", "reason"], common("required")),
        ...(Object.keys(correctionOf(sighting, values)).length === 0 ? { reason: t("nothingCorrected") } : {}),
      })}
      run={(values) =>
        body(
          api.PATCH("/leaks/{leak}/sightings/{sighting}", {
            params: { path: { leak, sighting: sighting.id } },
            body: { ...correctionOf(sighting, values), reason: values.reason.trim() },
          }),
        )
      }
      done={t("correctedSighting")}
      refresh={concerned}
    >
      {(form) => (
        <>
          <SightingFields form={form} required />
          <Textarea label={common("reason")} description={common("reasonHint")} required autosize minRows={2} maxLength={2000} {...form.getInputProps("reason")} />
        </>
      )}
    </FormDialog>
  );
}
