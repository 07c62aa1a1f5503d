# The correct forms of what is planted beside, and what only looks like it.
class Clean
  PASSWORD_HELP = 'at least 12 characters'
  FIELD = { password: 'password' }.freeze

  def nan?(x)
    x != x
  end

  def kinds(s)
    s != 'invoice' && s != 'receipt'
  end

  def guarded(o)
    !o.nil? && o.total > 0
  end

  def guarded2(o)
    o.nil? || o.total > 0
  end

  def name(customer)
    if customer.nil?
      customer = Customer.new
      customer.name
    end
  end

  def assigned(row)
    if (found = row.find)
      found
    end
  end

  def swallow(path)
    File.delete(path)
  rescue Errno::ENOENT
    # gone already
  end

  def wrapped(path)
    File.delete(path)
  rescue StandardError => e
    raise ArgumentError, "cannot delete: #{e}"
  end

  def loops(xs, n)
    xs.each do |x|
      next if x.nil?
      return x
    end
    xs.dup.each { |x| xs.delete(x) }
    while n > 0
      n -= 1
    end
  end

  def recurse(n)
    return 1 if n < 2
    n * recurse(n - 1)
  end

  def last_value(text)
    text = text.strip
    text.gsub('a', 'b')
  end

  def formatted(a, b)
    format('%s of %d%%', a, b) + format('%<a>s', a: a) + format('%s %s', *b)
  end

  def find(name)
    User.where('name = ?', name)
    User.where("#{User.table_name}.name = ?", name)
  end

  def run(host)
    system('ping', '-c', '1', host)
    `git status`
  end

  def load_all(text)
    YAML.safe_load(text)
  end

  def token
    SecureRandom.hex(16)
  end

  def message(file)
    "Select a line from the list and update #{file}"
  end
end
