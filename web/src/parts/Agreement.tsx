// A commitment's text as its recipient reads it: terms first, then the clauses.
import { Alert, Badge, Box, Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import "@/texts/commitments";
import "@/texts/templates";
import classes from "./Agreement.module.css";
import { Facts } from "./Facts";

/** Paragraphs are parted by blank lines; lines that begin with "- " are a list. */
function Paragraphs({ text }: { text: string }) {
  return text.split(/\n\s*\n/).map((block, index) => {
    const lines = block.split("\n");
    const first = lines.findIndex((line) => line.startsWith("- "));
    const lead = (first < 0 ? lines : lines.slice(0, first)).join("\n").trim();
    const items = first < 0 ? [] : lines.slice(first).join("\n").split(/^- /m).filter((item) => item.trim() !== "");
    return (
      <Box key={index}>
        {lead && <Text className={classes.text}>{lead}</Text>}
        {items.length > 0 && (
          <ul className={classes.items}>
            {items.map((item, at) => (
              <li key={at}>{item.trim()}</li>
            ))}
          </ul>
        )}
      </Box>
    );
  });
}

export function Agreement({ text, lang }: { text: Schemas["RenderedText"]; lang: string }) {
  const { t } = useTranslation("commitments");
  const { t: templates } = useTranslation("templates");
  return (
    <Stack gap="lg" lang={lang === "zh" ? "zh-Hans" : lang} className={classes.page}>
      <Title order={2}>
        {text.title}
      </Title>
      {text.unknown_placeholders.length > 0 && <Alert color="orange">{t("previewUnknown", { names: text.unknown_placeholders.join(", ") })}</Alert>}
      {text.terms_table.length > 0 && (
        <Box className={classes.terms}>
          <Facts facts={text.terms_table.map(({ label, value }) => [label, value])} />
        </Box>
      )}
      {text.sections.map((section) => (
        <Stack key={section.id} gap={6}>
          <Group gap="xs">
            <Title order={3}>{section.heading}</Title>
            {section.must_tick && <Badge size="sm">{templates("ticked")}</Badge>}
          </Group>
          <Stack gap="xs">
            <Paragraphs text={section.text} />
          </Stack>
        </Stack>
      ))}
    </Stack>
  );
}
