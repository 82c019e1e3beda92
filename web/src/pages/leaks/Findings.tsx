// The copies that the trace names, while masked by a letter; and every time each was made.
import { Anchor, Badge, Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { Schemas } from "@/api/client";
import { Facts } from "@/parts/Facts";
import { said } from "@/parts/said";
import { count, dateTime } from "@/parts/times";
import { powerOfTen } from "./plot";
import classes from "./result.module.css";

type Finding = Schemas["LeakFinding"];

export function Findings({ findings, masked }: { findings: Finding[]; masked: boolean }) {
  const { t } = useTranslation("leaks");
  return (
    <Card>
      <Title order={2} size="h3" mb="md">
        {t("findings")}
      </Title>
      <Stack gap="xl">
        {findings.map((finding) => (
          <One key={finding.label} finding={finding} masked={masked} />
        ))}
      </Stack>
    </Card>
  );
}

function One({ finding, masked }: { finding: Finding; masked: boolean }) {
  const { t } = useTranslation("leaks");
  const { recipient } = finding;
  return (
    <div>
      <Group gap="sm" mb="sm">
        <Title order={3}>{t("copyLabel", { label: finding.label })}</Title>
        <Badge color={finding.role === "accused" ? "violet" : "yellow"}>{finding.role === "accused" ? t("accused") : t("lead")}</Badge>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Facts
          facts={[
            [
              t("recipient"),
              recipient ? (
                <>
                  {recipient.party ? (
                    <Anchor component={Link} to={`/parties/${recipient.party}`} inherit>
                      {recipient.name}
                    </Anchor>
                  ) : (
                    recipient.name
                  )}
                  {recipient.organisation && `, ${recipient.organisation}`}
                </>
              ) : (
                masked && (
                  <Text span inherit c="dimmed" fs="italic">
                    {t("masked")}
                  </Text>
                )
              ),
            ],
            [t("material"), finding.asset_titles.join(", ")],
            [t("issuedAt"), finding.issued_at ? dateTime(finding.issued_at) : null],
            [t("cells"), t("cellsOf", { agreeing: count(finding.agreeing_cells), cells: count(finding.cells) })],
            [t("score"), finding.standard_score.toFixed(1)],
            [t("bound"), powerOfTen(finding.log10_bound)],
          ]}
        />
        <div>
          <Text size="sm" fw={550}>
            {t("makings")}
          </Text>
          <Text size="sm" c="dimmed" mb={6}>
            {t("makingsText")}
          </Text>
          <ol className={classes.makings}>
            {finding.makings.map((making, index) => (
              <li key={index}>
                {said(making.words)}
                {making.made_at && (
                  <Text span inherit c="dimmed" className="figures">
                    {" "}
                    · {dateTime(making.made_at)}
                  </Text>
                )}
              </li>
            ))}
          </ol>
        </div>
      </SimpleGrid>
    </div>
  );
}
