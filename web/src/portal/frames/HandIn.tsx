// Choosing photos on a phone and sending them one after the other; what did not arrive can be sent again.
import { Alert, Button, FileButton, Group, Progress, Stack, Text } from "@mantine/core";
import { IconCameraPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asApiError } from "@/api/errors";
import { handIn, keys, type Shoot } from "./queries";

interface Failed {
  file: File;
  why: string;
}

export function HandIn({ shoot }: { shoot: Shoot }) {
  const { t } = useTranslation("frames");
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<File[]>([]);
  const [total, setTotal] = useState(0);
  const [failed, setFailed] = useState<Failed[]>([]);
  const [notes, setNotes] = useState<string[]>([]);
  const queue = useRef<File[]>([]);
  const running = useRef(false);

  async function run() {
    if (running.current) return;
    running.current = true;
    for (let file = queue.current[0]; file !== undefined; file = queue.current[0]) {
      const name = file.name;
      try {
        if (!(await handIn(shoot.id, file))) setNotes((all) => [...all, t("already", { name })]);
      } catch (error) {
        const one = { file, why: asApiError(error).detail || asApiError(error).title };
        setFailed((all) => [...all, one]);
        if (asApiError(error).status === 401) void queries.invalidateQueries({ queryKey: ["recipient", "home"] });
      }
      queue.current = queue.current.slice(1);
      setWaiting(queue.current);
      void queries.invalidateQueries({ queryKey: keys.frames(shoot.id) });
    }
    running.current = false;
    setTotal(0);
    void queries.invalidateQueries({ queryKey: keys.shoots });
  }

  function take(files: File[]) {
    const most = shoot.most_frame_bytes;
    const fitting = files.filter(({ size }) => size <= most);
    setNotes(files.filter(({ size }) => size > most).map(({ name }) => t("tooLarge", { name, most: Math.floor(most / (1 << 20)) })));
    queue.current = [...queue.current, ...fitting];
    setWaiting(queue.current);
    setTotal((before) => before + fitting.length);
    void run();
  }

  function again() {
    const files = failed.map(({ file }) => file);
    setFailed([]);
    take(files);
  }

  if (!shoot.takes_frames) return <Alert color="gray">{t("closed")}</Alert>;
  const done = total - waiting.length;
  return (
    <Stack gap="sm">
      <FileButton multiple accept="image/jpeg,image/heic,image/heif,image/png,image/webp" onChange={take} inputProps={{ "aria-label": t("handIn") }}>
        {(props) => <Button {...props} size="lg" fullWidth leftSection={<IconCameraPlus size={20} aria-hidden />}>{t("handIn")}</Button>}
      </FileButton>
      {waiting.length > 0 && (
        <div role="status">
          <Text size="sm" mb={4}>{t("sending", { count: waiting.length })}</Text>
          <Progress value={total === 0 ? 0 : (100 * done) / total} animated aria-label={t("sending", { count: waiting.length })} />
        </div>
      )}
      {notes.map((note) => <Text key={note} size="sm" role="status">{note}</Text>)}
      {failed.length > 0 && (
        <Alert color="red" role="alert">
          {failed.map(({ file, why }, i) => <Text key={i} size="sm">{t("failed", { name: file.name })}: {why}</Text>)}
          <Group mt="xs"><Button size="compact-sm" variant="default" onClick={again}>{t("again")}</Button></Group>
        </Alert>
      )}
    </Stack>
  );
}
