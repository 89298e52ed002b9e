// Made of mail.mjml by test/domain/notices/compile-mail.ts, never by hand: what a mail looks like, for clients from Outlook to phones.
import { html } from './html.ts';
import type { MailView } from './mail-view.ts';

// biome-ignore format: as long as a mail is
export const mailHtml = (mail: MailView): string =>
  html`<!doctype html>
<html lang="en" dir="auto" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>${mail.subject}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<meta name="color-scheme" content="light">
</head>
<body  style="word-spacing:normal;background-color:#f0f3f2;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">${mail.preview}</div>
<div
aria-label="${mail.subject}" aria-roledescription="email" role="article" lang="en" dir="auto" style="word-spacing:normal;background-color:#f0f3f2;"
>
<div style="height:12px;line-height:12px;font-size:1px">&#160;</div>${mail.intro.map((intro) => html`
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:600px;" width="600" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:600px;border-radius:8px;overflow:hidden;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;border-collapse:separate;"
>
<tbody>
<tr>
<td
style="border-radius:8px;direction:ltr;font-size:0px;padding:8px 0;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:600px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%"
>
<tbody>
<tr>
<td
align="left" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:17px;font-weight:600;line-height:1.5;text-align:left;color:#131a18;"
>${intro}</div>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
<div style="height:12px;line-height:12px;font-size:1px">&#160;</div>`)}${mail.matters.map((matter) => html`
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:600px;" width="600" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:600px;border-radius:8px;overflow:hidden;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;border-collapse:separate;"
>
<tbody>
<tr>
<td
style="border-radius:8px;direction:ltr;font-size:0px;padding:18px 0;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:600px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%"
>
<tbody>
${matter.title.map((title) => html`
<tr>
<td
align="left" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:20px;font-weight:700;line-height:1.3;text-align:left;color:#131a18;"
>${title}</div>
</td>
</tr>
`)}${matter.said.map((said) => html`
<tr>
<td
align="left" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:15px;line-height:1.5;text-align:left;color:#131a18;"
>${said}</div>
</td>
</tr>
`)}${matter.due.map((due) => html`
<tr>
<td
align="left" style="font-size:0px;padding:10px 28px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#131a18;font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:15px;line-height:1.5;table-layout:auto;width:100%;border:none;"
>
<tr><td style="background:#fff5e0;border-left:4px solid #b35c00;padding:10px 14px;border-radius:4px"><span style="color:#6b4a12">${due.name}</span> <strong>${due.value}</strong></td></tr>
</table>
</td>
</tr>
`)}${matter.buttons.map((button) => html`
<tr>
<td
align="left" style="font-size:0px;padding:8px 28px 4px;word-break:break-word;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;"
>
<tbody>
<tr>
<td
align="center" bgcolor="#1f6f5c" role="presentation" style="border:none;border-radius:6px;cursor:auto;mso-padding-alt:11px 20px;background:#1f6f5c;" valign="middle"
>
<a
href="${button.href}" style="display:inline-block;background:#1f6f5c;color:#ffffff;font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:15px;font-weight:600;line-height:120%;margin:0;text-decoration:none;text-transform:none;padding:11px 20px;mso-padding-alt:0px;border-radius:6px;" target="_blank"
>
${button.label}
</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
`)}${matter.choices.map((choice) => html`
<tr>
<td
align="left" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:13px;line-height:1.5;text-align:left;color:#5b6763;"
>${choice.label}: ${choice.links.map((link) => html`<a href="${link.href}" style="color:#1f6f5c;white-space:nowrap;padding-right:10px">${link.label}</a> `)}</div>
</td>
</tr>
`)}${matter.tables.map((table) => html`
<tr>
<td
align="left" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#131a18;font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:15px;line-height:1.5;table-layout:auto;width:100%;border:none;"
>
${table.map((fact) => html`<tr><td style="padding:5px 16px 5px 0;color:#5b6763;vertical-align:top;width:104px">${fact.name}</td><td style="padding:5px 0;vertical-align:top">${fact.value}</td></tr>`)}
</table>
</td>
</tr>
`)}${matter.timelines.map((timeline) => html`
<tr>
<td
align="left" style="font-size:0px;padding:6px 28px;padding-top:10px;word-break:break-word;"
>
<div
style="font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:15px;font-weight:600;line-height:1.5;text-align:left;color:#131a18;"
>${timeline.name}</div>
</td>
</tr>
<tr>
<td
align="left" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#131a18;font-family:-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;font-size:14px;line-height:1.5;table-layout:auto;width:100%;border:none;"
>
${timeline.touches.map((touch) => html`<tr><td style="padding:4px 16px 4px 10px;border-left:2px solid #cdd8d4;color:#5b6763;vertical-align:top;white-space:nowrap">${touch.at}</td><td style="padding:4px 0;vertical-align:top;width:100%">${touch.label}</td></tr>`)}
</table>
</td>
</tr>
`)}
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
<div style="height:12px;line-height:12px;font-size:1px">&#160;</div>`)}${mail.footer.map((footer) => html`<div style="max-width:544px;margin:0 auto;padding:0 28px 20px;font:12px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#5b6763">${footer}</div>`)}
</div>
</body>
</html>`.text;
