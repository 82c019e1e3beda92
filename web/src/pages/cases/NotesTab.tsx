// Internal notes: for those who work on the case only.
import { Button, Card, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { concerned, useCase } from "./acts";
import classes from "./cases.module.css";

export function Component() {
  const { t } = useTranslation("cases");
  const found = useCase();
  const may = useMay();
  const [text, setText] = useState("");
  const add = useAct((note: string) => body(api.POST("/cases/{case}/notes", { params: { path: { case: found.id } }, body: { text: note } })), {
    done: t("added"),
    refresh: concerned,
    onSuccess: () => setText(""),
  });
  return (
    <Stack maw={820}>
      <Text size="sm" c="dimmed">
        {t("notesText")}
      </Text>
      {may("write_cases") && (
        <Card
          component="form"
          onSubmit={(event: React.FormEvent) => {
            event.preventDefault();
            if (text.trim() !== "") add.mutate(text.trim());
          }}
        >
          <Textarea label={t("noteNew")} autosize minRows={3} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <Group justify="flex-end" mt="sm">
            <Button type="submit" loading={add.isPending} disabled={text.trim() === ""}>
              {t("addNote")}
            </Button>
          </Group>
        </Card>
      )}
      <Title order={2} size="h3">
        {t("notes")}
      </Title>
      {found.notes.length === 0 && <Text size="sm">{t("notesEmpty")}</Text>}
      <Stack component="ul" gap="sm" className={classes.plain}>
        {[...found.notes].reverse().map((note) => (
          <Card component="li" key={note.id} padding="md">
            <Text size="xs" c="dimmed" mb={4}>
              {note.by}, {dateTime(note.at)}
            </Text>
            <Text size="sm" className={classes.prose}>
              {note.text}
            </Text>
          </Card>
        ))}
      </Stack>
    </Stack>
  );
}
