// Fields of a bulletin's content, shared by drafts and corrections.
import { ActionIcon, Button, Group, Select, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import "@/texts/bulletins";

export interface Content {
  title: string;
  text: string;
  links: Schemas["BulletinLink"][];
  products: string[];
  brands: string[];
  accused: { name: string; credit_code: string }[];
  mentions: string[];
  expires_at: string | null;
  [more: string]: unknown;
}

const month_ms = 30 * 86_400_000;

export function contentOf(from?: Partial<Pick<Schemas["BulletinDraft"], "title" | "text" | "links" | "products" | "brands" | "accused" | "mentions" | "expires_at">>): Content {
  return {
    title: from?.title ?? "",
    text: from?.text ?? "",
    links: from?.links ?? [],
    products: from?.products ?? [],
    brands: from?.brands ?? [],
    accused: (from?.accused ?? []).map(({ name, credit_code }) => ({ name, credit_code: credit_code ?? "" })),
    mentions: from?.mentions ?? [],
    expires_at: from?.expires_at ?? new Date(Date.now() + month_ms).toISOString(),
  };
}

/** As the API takes it: without lines that were left empty. */
export function bodyOf(content: Content) {
  return {
    title: content.title.trim(),
    text: content.text.trim(),
    links: content.links.filter(({ url }) => url.trim() !== "").map(({ kind, url }) => ({ kind, url: url.trim() })),
    products: content.products,
    brands: content.brands,
    accused: content.accused
      .filter(({ name }) => name.trim() !== "")
      .map(({ name, credit_code }) => ({ kind: "enterprise" as const, name: name.trim(), ...(credit_code.trim() ? { credit_code: credit_code.trim() } : {}) })),
    mentions: content.mentions,
    expires_at: content.expires_at ?? "",
  };
}

export function ContentFields<Values extends Content>({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation("bulletins");
  // Drafts hold more than these fields; the paths are the same.
  const field = (path: string) => form.getInputProps(path);
  const { values } = form;
  return (
    <Stack>
      <TextInput label={t("theTitle")} required maxLength={200} {...field("title")} />
      <Textarea label={t("theText")} description={t("draftText")} required autosize minRows={6} maxLength={20000} {...field("text")} />
      <Stack gap="xs" role="group" aria-label={t("links")}>
        <Text size="sm" fw={550}>{t("links")}</Text>
        {values.links.map((_, at) => (
          <Group key={at} gap="xs" wrap="nowrap" align="flex-end">
            <Select w={130} aria-label={`${t("kindLabel")} ${at + 1}`} allowDeselect={false} data={(["seller", "marketplace", "source"] as const).map((value) => ({ value, label: t(`linkKind.${value}`) }))} {...field(`links.${at}.kind`)} />
            <TextInput flex={1} aria-label={`${t("address")} ${at + 1}`} placeholder="https://" inputMode="url" maxLength={2000} {...field(`links.${at}.url`)} />
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeLine", { line: at + 1 })} onClick={() => form.removeListItem("links", at)}><IconTrash size={16} /></ActionIcon>
          </Group>
        ))}
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} style={{ alignSelf: "flex-start" }} onClick={() => form.insertListItem("links", { kind: "seller", url: "" } as never)}>{t("addLink")}</Button>
      </Stack>
      <TagsInput label={t("brands")} description={t("listHint")} maxTags={50} clearable {...field("brands")} />
      <TagsInput label={t("products")} description={t("listHint")} maxTags={50} clearable {...field("products")} />
      <Stack gap="xs" role="group" aria-label={t("accused")}>
        <Text size="sm" fw={550}>{t("accused")}</Text>
        <Text size="xs" c="dimmed">{t("accusedHint")}</Text>
        {values.accused.map((_, at) => (
          <Group key={at} gap="xs" wrap="nowrap" align="flex-end">
            <TextInput flex={2} label={t("accusedName")} maxLength={200} {...field(`accused.${at}.name`)} />
            <TextInput flex={1} label={t("creditCode")} maxLength={18} className="figures" {...field(`accused.${at}.credit_code`)} />
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeLine", { line: at + 1 })} onClick={() => form.removeListItem("accused", at)}><IconTrash size={16} /></ActionIcon>
          </Group>
        ))}
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} style={{ alignSelf: "flex-start" }} onClick={() => form.insertListItem("accused", { name: "", credit_code: "" } as never)}>{t("addAccused")}</Button>
      </Stack>
      <TagsInput label={t("mentions")} description={t("listHint")} maxTags={50} clearable {...field("mentions")} />
      <ZonedTimeInput label={t("expires")} required fixedZone future zone="" at={values.expires_at} error={form.errors.expires_at} onChange={(at) => form.setFieldValue("expires_at", at as never)} />
    </Stack>
  );
}
