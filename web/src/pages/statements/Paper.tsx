// A statement as its readers will see it, in the language they choose.
import { SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { dateOnly } from "@/parts/times";
import { useSession } from "@/session/session";
import classes from "./Paper.module.css";

interface Props {
  texts: Schemas["StatementTexts"];
  detail: Schemas["StatementDetail"];
}

export function Paper({ texts, detail }: Props) {
  const { t } = useTranslation("statements");
  const { session } = useSession();
  const own = currentLocale();
  const [chosen, setChosen] = useState<"en" | "zh">(texts[own] ? own : own === "en" ? "zh" : "en");
  const text = texts[chosen];
  const both = texts.en && texts.zh;
  const { statement, replies } = detail;
  return (
    <Stack gap="sm">
      {both && (
        <SegmentedControl
          size="xs"
          aria-label={t("write")}
          style={{ alignSelf: "flex-start" }}
          value={chosen}
          onChange={(value) => setChosen(value as "en" | "zh")}
          data={[
            { value: "en", label: t("english") },
            { value: "zh", label: t("chinese") },
          ]}
        />
      )}
      <article className={classes.paper} lang={chosen === "zh" ? "zh-Hans" : "en"}>
        <Stack gap="md">
          <div className={classes.kicker}>
            {session.organisation} · {statement.number}
            {statement.published_at && ` · ${dateOnly(statement.published_at)}`}
          </div>
          <Title order={2}>{text?.title || "–"}</Title>
          <div className={classes.body}>{text?.body}</div>
          {replies.map((reply) => (
            <div key={reply.label_en} className={classes.reply}>
              <Text fw={600} size="sm" mb={4}>
                {t("reply", { lng: chosen })}: {chosen === "zh" ? reply.label_zh : reply.label_en}
              </Text>
              {reply.text || t("replyNone", { lng: chosen })}
            </div>
          ))}
        </Stack>
      </article>
    </Stack>
  );
}
