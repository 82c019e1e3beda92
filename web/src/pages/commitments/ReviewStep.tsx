// The last look before sending: the text as a recipient will read it.
import { Alert, Card, Center, Group, Loader, Select, Stack, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Agreement } from "@/parts/Agreement";
import { Failure } from "@/parts/Failure";
import type { Project } from "../projects/ProjectLayout";
import type { Draft } from "./SendPage";
import { usePreview } from "./usePreview";

export function ReviewStep({ draft, project }: { draft: Draft; project: Project }) {
  const { t } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const parties = [...draft.parties.values()];
  const [shown, setShown] = useState<string | null>(parties[0]?.id ?? null);
  const preview = usePreview(
    draft.template ? { text: draft.template.text, terms: draft.terms, locale: draft.template.locale, party: shown, project: project.id } : null,
  );
  const silent = parties.filter(({ kind, email }) => kind === "person" && !email);
  return (
    <Stack>
      <Alert icon={<IconSend size={18} />} variant="light">
        {t("sendSummary", { count: parties.length })}
        {silent.length > 0 && (
          <Text size="sm" mt={6}>
            {silent.slice(0, 5).map(({ name }) => name).join(", ")}
            {silent.length > 5 && " …"}: {t("noEmail")}
          </Text>
        )}
      </Alert>
      <Card>
        <Group justify="space-between" mb="lg">
          <Text fw={550}>{t("preview")}</Text>
          <Select
            w={260}
            aria-label={t("previewFor")}
            data={parties.map(({ id, name }) => ({ value: id, label: name }))}
            value={shown}
            allowDeselect={false}
            searchable
            limit={50}
            onChange={setShown}
          />
        </Group>
        <Failure error={preview.error} />
        {preview.data ? (
          <Agreement text={preview.data} lang={draft.template?.locale ?? "en"} />
        ) : (
          !preview.error && (
            <Center mih={200}>
              <Loader role="status" aria-label={common("loading")} />
            </Center>
          )
        )}
      </Card>
    </Stack>
  );
}
