// Hosts under which anybody can have a page: builders of sites, social networks, shops, code. An account that names one has a page
// there, and says nothing of whose mail or network it is. Kept by hand: the public list's private part has thousands that no CRM
// ever names, and lacks the social networks it is full of.
const hosts = `
  wordpress.com wixsite.com wix.com weebly.com squarespace.com webflow.io webflow.com jimdo.com jimdosite.com jimdofree.com
  sites.google.com business.site business.google.com docs.google.com drive.google.com maps.google.com plus.google.com g.page goo.gl
  blogspot.com blogger.com tumblr.com medium.com substack.com ghost.io livejournal.com typepad.com over-blog.com notion.site
  notion.so carrd.co strikingly.com mystrikingly.com site123.me webnode.com webnode.page yolasite.com webs.com tripod.com
  angelfire.com godaddysites.com web.app firebaseapp.com appspot.com github.io github.com gitlab.io gitlab.com bitbucket.io
  bitbucket.org netlify.app netlify.com vercel.app vercel.com pages.dev workers.dev herokuapp.com onrender.com fly.dev
  azurewebsites.net cloudfront.net amazonaws.com glitch.me replit.app replit.com surge.sh neocities.org myshopify.com
  bigcartel.com etsy.com ecwid.com gumroad.com hubspotpagebuilder.com hs-sites.com unbouncepages.com leadpages.co
  clickfunnels.com framer.website framer.app framer.ai
  facebook.com fb.com fb.me m.me instagram.com linkedin.com lnkd.in twitter.com x.com t.co tiktok.com youtube.com youtu.be
  pinterest.com threads.net bsky.app vk.com ok.ru t.me telegram.me wa.me whatsapp.com discord.com discord.gg reddit.com snapchat.com
  xing.com weibo.com line.me vimeo.com flickr.com behance.net dribbble.com meetup.com eventbrite.com crunchbase.com angel.co
  wellfound.com yelp.com tripadvisor.com linktr.ee about.me bit.ly tinyurl.com patreon.com kickstarter.com gofundme.com
`;
const openSites: ReadonlySet<string> = new Set(hosts.split(/\s+/).filter((host) => host !== ''));

/** Of a host in lower case: whether it, or what it is under, is such a place. `sites.google.com` is, `google.com` is Google's. */
export const isOpenSite = (host: string): boolean => {
  for (let from = 0; from !== -1; from = host.indexOf('.', from) + 1 || -1) {
    if (openSites.has(host.slice(from))) return true;
  }
  return false;
};
