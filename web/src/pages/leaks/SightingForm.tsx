// Where a leak was seen: fields shared by the report and by later sightings.
import { Autocomplete, Select, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import "@/texts/leaks";
import "@/texts/states";

export interface SightingValues {
  address: string;
  platform: string;
  account: string;
  channel: Schemas["SightingChannel"];
  seen_at: string | null;
  captured_by: string;
  captured_how: string;
}

export function emptySighting(captured_by: string): SightingValues {
  return { address: "", platform: "", account: "", channel: "other", seen_at: null, captured_by, captured_how: "" };
}

export function sightingOf(values: SightingValues): Schemas["NewSighting"] {
  return {
    address: values.address.trim(),
    channel: values.channel,
    seen_at: values.seen_at ?? new Date().toISOString(),
    ...(values.platform.trim() ? { platform: values.platform.trim() } : {}),
    ...(values.account.trim() ? { account: values.account.trim() } : {}),
    ...(values.captured_by.trim() ? { captured_by: values.captured_by.trim() } : {}),
    ...(values.captured_how.trim() ? { captured_how: values.captured_how.trim() } : {}),
  };
}

/** Of a sighting that is there, for correcting it. */
export function valuesOf(sighting: Schemas["Sighting"]): SightingValues {
  const { address, platform, account, channel, seen_at, captured_by, captured_how } = sighting;
  return { address, platform, account, channel, seen_at, captured_by, captured_how };
}

/** What of it is another now. */
export function correctionOf(sighting: Schemas["Sighting"], values: SightingValues): Schemas["SightingUpdate"] {
  const before = valuesOf(sighting);
  const changed = Object.entries(values).filter(([name, value]) => {
    const tidy = typeof value === "string" ? value.trim() : value;
    return name in before && tidy !== null && tidy !== before[name as keyof SightingValues];
  });
  return Object.fromEntries(changed);
}

export const channels: Schemas["SightingChannel"][] = ["own_media", "private_feeds", "direct_messages", "groups", "friends_family", "colleagues", "other"];

export function SightingFields<Values extends SightingValues>({ form, required }: { form: UseFormReturnType<Values>; required?: boolean }) {
  const { t } = useTranslation("leaks");
  const { t: states } = useTranslation("states");
  const values = form.values;
  // The form may hold more than these fields; its paths are the same.
  const field = (name: keyof SightingValues) => form.getInputProps(name);
  const set = (name: keyof SightingValues, value: unknown) => form.setFieldValue(name, value as never);
  return (
    <Stack>
      <TextInput label={t("address")} description={t("addressHint")} required={required} maxLength={1000} inputMode="url" {...field("address")} />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Autocomplete label={t("platform")} description={t("platformHint")} maxLength={200} data={["WeChat", "Weibo", "Xiaohongshu", "X", "Instagram", "Reddit", "Telegram"]} {...field("platform")} />
        <TextInput label={t("accountName")} description={t("accountHint")} maxLength={200} {...field("account")} />
        <Select
          label={t("channel")}
          description={t("channelHint")}
          data={channels.map((value) => ({ value, label: value === "other" ? t("channelOther") : states(`channel.${value}`) }))}
          allowDeselect={false}
          value={values.channel}
          onChange={(value) => set("channel", value ?? "other")}
        />
      </SimpleGrid>
      <ZonedTimeInput label={t("seenAt")} required={required} fixedZone zone="" at={values.seen_at} error={form.errors.seen_at} onChange={(at) => set("seen_at", at)} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t("capturedBy")} maxLength={200} {...field("captured_by")} />
        <Textarea label={t("capturedHow")} placeholder={t("capturedHowHint")} autosize minRows={1} maxLength={1000} {...field("captured_how")} />
      </SimpleGrid>
    </Stack>
  );
}
