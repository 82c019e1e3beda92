// "Do you hold a file?": hashed on the visitor's device; only the hash is asked about.
import { Alert, Anchor, Button, FileButton, Group, Stack, Text, Title } from "@mantine/core";
import { IconFileSearch, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { dateTime } from "@/parts/times";
import { sha256, toHex } from "./verify/bytes";
import { checkPdfSeal } from "./verify/pdfSeal";
import classes from "./public.module.css";

const mostBytes = 200 << 20;

/** The fingerprint of the certificate that sealed it, when it carries a whole seal. */
function sealOf(bytes: Uint8Array): string | undefined {
  try {
    return checkPdfSeal(bytes).fingerprint;
  } catch {
    return undefined;
  }
}

interface Answer {
  name: string;
  found: Schemas["StatementByHash"];
  fingerprint?: string;
}

function Told({ answer, sealed }: { answer: Answer; sealed: boolean }) {
  const { t } = useTranslation("public");
  const { found, name } = answer;
  const organisation = found.organisation.name;
  if (found.is_statement || found.removed_at)
    return (
      <Alert color={found.removed_at ? "yellow" : "teal"} variant="light" role="status" icon={<IconShieldCheck />} title={name}>
        <Text size="sm">
          {found.removed_at ? t("isRemoved", { organisation, date: dateTime(found.removed_at) }) : t("isOne", { organisation, date: dateTime(found.since ?? "") })}
        </Text>
        {found.statement && <Anchor component={Link} size="sm" underline="always" to={`/statements/${found.statement.id}`}>{t("open")}</Anchor>}
      </Alert>
    );
  return (
    <Alert color="red" variant="light" role="status" icon={<IconShieldX />} title={name}>
      <Text size="sm" fw={600}>{t("isNone", { organisation })}</Text>
      <Text size="sm">{sealed ? t("isNoneSealed") : t("isNoneText", { count: found.statements ?? 0 })}</Text>
    </Alert>
  );
}

export function HeldFile({ organisation }: { organisation: string }) {
  const { t } = useTranslation("public");
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const record = useQuery({ queryKey: ["public", "seal"], queryFn: ({ signal }) => body(api.GET("/public/seal", { signal })) });
  const ask = useMutation({
    mutationFn: async (file: File): Promise<Answer> => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const found = await body(api.GET("/public/statements/by-hash/{sha256}", { params: { path: { sha256: toHex(sha256(bytes)) } } }));
      return { name: file.name, found, fingerprint: sealOf(bytes) };
    },
  });
  const take = (file: File | null | undefined) => {
    if (!file) return;
    setTooLarge(file.size > mostBytes);
    if (file.size <= mostBytes) ask.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const { data } = ask;
  const sealed = data?.fingerprint !== undefined && (record.data?.seals.some(({ fingerprint }) => fingerprint === data.fingerprint) ?? false);
  return (
    <section aria-labelledby="held" className={classes.drop} data-over={over || undefined} onDrop={drop} onDragLeave={() => setOver(false)}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}>
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <IconFileSearch size={24} aria-hidden style={{ flexShrink: 0 }} />
          <div>
            <Title order={2} size="h4" id="held">{t("dropTitle")}</Title>
            <Text size="sm" c="dimmed">{t("dropText", { organisation })}</Text>
          </div>
        </Group>
        {data && !ask.isPending && <Told answer={data} sealed={sealed} />}
        {tooLarge && <Alert color="red" role="alert">{t("tooLarge")}</Alert>}
        <Failure error={ask.error} />
        <Group>
          <FileButton onChange={take}>
            {(props) => <Button {...props} variant="default" loading={ask.isPending}>{t(data ? "dropAgain" : "dropChoose")}</Button>}
          </FileButton>
        </Group>
      </Stack>
    </section>
  );
}
