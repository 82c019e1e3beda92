// The agreement as it will be signed: the terms as a table, then the sections.
import { List, Paper, Stack, Table, Text, Title } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import classes from "../portal.module.css";

/** Paragraphs are parted by blank lines; runs of lines that begin with "- " are lists. */
function Paragraphs({ text }: { text: string }) {
  return text.split(/\n\s*\n/).map((block, index) => {
    const lines = block.split("\n");
    const firstItem = lines.findIndex((line) => line.startsWith("- "));
    const lead = (firstItem < 0 ? lines : lines.slice(0, firstItem)).join("\n").trim();
    const items = firstItem < 0 ? [] : lines.slice(firstItem).join("\n").split(/^- /m).filter((item) => item.trim() !== "");
    return (
      <Fragment key={index}>
        {lead ? <Text className={classes.prose}>{lead}</Text> : null}
        {items.length > 0 ? <List spacing={4} withPadding>{items.map((item, at) => <List.Item key={at}>{item.trim()}</List.Item>)}</List> : null}
      </Fragment>
    );
  });
}

export function AgreementText({ text }: { text: Schemas["RenderedText"] }) {
  const { t } = useTranslation("portal");
  return (
    <Stack gap="xl">
      {text.terms_table.length > 0 ? (
        <Paper radius="md" style={{ overflow: "hidden" }}>
          <Table className={classes.terms} highlightOnHover={false} verticalSpacing={10}>
            <caption className={classes.termsCaption}>{t("read.terms")}</caption>
            <Table.Tbody>
              {text.terms_table.map((row) => (
                <Table.Tr key={row.label}>
                  <Table.Th scope="row">{row.label}</Table.Th>
                  <Table.Td>{row.value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      ) : null}
      {text.sections.map((section) => (
        <section key={section.id} aria-labelledby={`section-${section.id}`}>
          <Title order={2} size="h3" mb="xs" id={`section-${section.id}`}>{section.heading}</Title>
          <Stack gap="sm"><Paragraphs text={section.text} /></Stack>
        </section>
      ))}
    </Stack>
  );
}
