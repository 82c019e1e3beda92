// Pages that say one thing: the link is no good, the session has ended, one has left, something went wrong.
import { Button, Card, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconClockOff, IconDoorExit, IconLinkOff, IconMailOpened, IconMapQuestion, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "@/api/errors";
import { PageTitle } from "../parts/PageTitle";
import { Refusal } from "../parts/Refusal";
import classes from "../portal.module.css";

export type NoticeKind = "unknown" | "expired" | "ended" | "left" | "lost" | "trouble";

const icons = {
  unknown: IconLinkOff,
  expired: IconClockOff,
  ended: IconMailOpened,
  left: IconDoorExit,
  lost: IconMapQuestion,
  trouble: IconPlugConnectedX,
};

interface NoticeProps {
  kind: NoticeKind;
  error?: ApiError;
  again?: () => void;
}

export function NoticePage({ kind, error, again }: NoticeProps) {
  const { t } = useTranslation("portal");
  const Icon = icons[kind];
  return (
    <div className={classes.small}>
      <Card padding="xl" mt={{ base: 8, sm: 40 }}>
        <Stack gap="md" align="flex-start">
          <ThemeIcon size={52} radius="xl" variant="light" color={kind === "left" ? "ink" : "orange"}>
            <Icon size={28} aria-hidden />
          </ThemeIcon>
          <PageTitle>{t(`notice.${kind}.title`)}</PageTitle>
          <Text>{t(`notice.${kind}.text`)}</Text>
          {error ? <Refusal error={error} /> : null}
          {again ? <Button onClick={again}>{t("again")}</Button> : null}
        </Stack>
      </Card>
    </div>
  );
}
