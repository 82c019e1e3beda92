// Passing on, the only way it is allowed: by inviting a colleague to sign for themselves.
import { Alert, Anchor, Button, Card, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconMailFast } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router-dom";
import { api, body } from "@/api/client";
import { PageTitle } from "../parts/PageTitle";
import { Refusal } from "../parts/Refusal";
import { canInvite, useRefusal, type Home } from "../session";
import classes from "../portal.module.css";

export default function InvitePage({ home }: { home: Home }) {
  const { t } = useTranslation("portal");
  const refusalOf = useRefusal();
  const [search] = useSearchParams();
  const open = home.signed.filter(canInvite);
  const [commitment, setCommitment] = useState(open.find((row) => row.id === search.get("commitment"))?.id ?? open[0]?.id ?? "");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [job, setJob] = useState("");
  const [tried, setTried] = useState(false);
  const emailOk = /^\S+@\S+\.\S+$/.test(email.trim());
  const invite = useMutation({
    mutationFn: () => body(api.POST("/recipient/colleagues", { body: { commitment, name: name.trim(), email: email.trim(), ...(job.trim() ? { job_title: job.trim() } : {}) } })),
    onSuccess: () => {
      setName("");
      setEmail("");
      setJob("");
      setTried(false);
    },
  });
  return (
    <div className={classes.narrow}>
      <Stack gap="md">
        <Anchor component={Link} to="/r" size="sm" w="fit-content" py={4}>← {t("backHome")}</Anchor>
        <PageTitle>{t("invite.title")}</PageTitle>
        <Text>{t("invite.text")}</Text>
        <div role="status">
          {invite.data ? <Alert color="teal" icon={<IconMailFast aria-hidden />} title={t("invite.sent", { name: invite.data.name })}><Text size="sm">{t("invite.sentText")}</Text></Alert> : null}
        </div>
        {open.length === 0 ? <Card><Text>{t("invite.none")}</Text></Card> : (
          <Card padding="lg">
            <form noValidate onSubmit={(event) => {
              event.preventDefault();
              setTried(true);
              if (name.trim() !== "" && emailOk && !invite.isPending) invite.mutate();
            }}>
              <Stack gap="md">
                {open.length > 1 ? <Select size="md" label={t("invite.commitment")} data={open.map((row) => ({ value: row.id, label: `${row.title} · ${row.number}` }))} value={commitment} onChange={(value) => setCommitment(value ?? commitment)} allowDeselect={false} /> : null}
                <TextInput size="md" label={t("invite.name")} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} error={tried && name.trim() === "" ? t("invite.nameMissing") : undefined} />
                <TextInput size="md" type="email" inputMode="email" autoCapitalize="off" label={t("invite.email")} description={t("invite.emailHint")} maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} error={tried && !emailOk ? t("invite.emailMissing") : undefined} />
                <TextInput size="md" label={t("invite.job")} maxLength={200} value={job} onChange={(event) => setJob(event.currentTarget.value)} />
                <Refusal error={invite.error ? refusalOf(invite.error) : null} />
                <Button type="submit" size="lg" loading={invite.isPending}>{t("invite.send")}</Button>
              </Stack>
            </form>
          </Card>
        )}
      </Stack>
    </div>
  );
}
