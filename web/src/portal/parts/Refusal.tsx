// A refusal of the server in the reader's language: what was wrong, and what to do.
import { Alert, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "@/api/errors";
import { currentLocale } from "@/i18n";

export function Refusal({ error }: { error: ApiError | null }) {
  const { t } = useTranslation("portal");
  if (error === null) return null;
  const fields = Object.values(error.fields);
  // Details are in English; a Chinese reader gets the catalogue's sentence first.
  const detail = error.status === 0 ? t("error.offline") : error.detail;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />} title={error.title}>
      {detail && detail !== error.title ? <Text size="sm" lang={currentLocale() === "zh" && error.status !== 0 ? "en" : undefined}>{detail}</Text> : null}
      {fields.map((problem) => <Text size="sm" key={problem}>{problem}</Text>)}
      {error.hint ? <Text size="sm" mt={4}>{error.hint}</Text> : null}
    </Alert>
  );
}
